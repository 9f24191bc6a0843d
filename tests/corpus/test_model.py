import json
from dataclasses import dataclass

import pytest

from corpus.model import Document, Name, Origin, Record, Reference, SectionKind, from_plain, to_plain


def through_json(kind: type, value: object) -> object:
    return from_plain(kind, json.loads(json.dumps(to_plain(value))))


def test_a_whole_document_comes_back_equal(read) -> None:
    source = (
        "---\ntitle: T\nauthor: Mary Major\ndate: 2023-05-16\n---\n\n"
        "# One\n\nSee [this](https://example.org), Lee (2020).\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"
        "âœï¸ lost.\n\n## References\n\nLee, A. (2020). X.\n"
    )
    document = read("a.md", source)
    assert document.references and document.mentions and document.damages and document.links
    assert through_json(Document, document) == document


def test_plain_values_are_json_and_nothing_else(read) -> None:
    json.dumps(to_plain(read("a.md", "# T\n\nText.\n")), allow_nan=False)


def test_keys_that_nobody_knows_are_passed_over() -> None:
    assert from_plain(Name, {"family": "Lee", "from_a_newer_loccit": 1}) == Name(family="Lee")


def test_keys_that_are_absent_get_their_defaults() -> None:
    assert from_plain(Record, {"title": "T"}) == Record(title="T")


def test_enumerations_and_nothing_come_back_as_themselves() -> None:
    @dataclass(frozen=True)
    class Holder:
        kind: SectionKind | None
        pair: tuple[int, str]
        origins: dict[str, Origin]

    Holder.__annotations__ = {
        "kind": SectionKind | None,
        "pair": tuple[int, str],
        "origins": dict[str, Origin],
    }
    for holder in (
        Holder(SectionKind.ABSTRACT, (1, "a"), {"title": Origin("heading", 0.7)}),
        Holder(None, (2, "b"), {}),
    ):
        assert through_json(Holder, holder) == holder


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Reference, {"end": 3}),
        (Record, {"authors": 5}),
        (Document, "a string"),
        (Document, {"text": "", "record": {}, "kind": "x", "media": "y", "sections": [{"kind": "no such kind"}]}),
    ],
)
def test_what_is_no_such_value_is_refused(kind: type, data: object) -> None:
    with pytest.raises((TypeError, KeyError, ValueError, AttributeError)):
        from_plain(kind, data)

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import (
    Block,
    Damage,
    Document,
    Link,
    Mention,
    Origin,
    Page,
    Record,
    Reference,
    Section,
    Source,
    Span,
    from_plain,
    to_plain,
)

ANY_TEXT = st.text(max_size=20)


@settings(max_examples=60)
@given(
    st.one_of(
        *(st.from_type(kind) for kind in (Block, Damage, Link, Mention, Origin, Page, Record, Reference, Section, Span))
    )
)
def test_every_value_comes_back_equal(value: object) -> None:
    assert from_plain(type(value), to_plain(value)) == value


@settings(max_examples=40)
@given(
    st.builds(
        Document,
        text=ANY_TEXT,
        record=st.builds(Record, title=ANY_TEXT, year=st.none() | st.integers(0, 3000)),
        kind=ANY_TEXT,
        media=ANY_TEXT,
        origins=st.dictionaries(ANY_TEXT, st.builds(Origin, ANY_TEXT, st.floats(0, 1)), max_size=3),
        sentences=st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99)), max_size=4).map(tuple),
        pages_failed=st.lists(st.integers(1, 9), max_size=3).map(tuple),
        mentions=st.lists(st.builds(Mention, st.integers(0, 9), st.integers(0, 9), st.none() | st.integers(0, 9))).map(
            tuple
        ),
    )
)
def test_a_document_comes_back_equal_through_json(document: Document) -> None:
    assert from_plain(Document, json.loads(json.dumps(to_plain(document)))) == document


def test_a_source_comes_back_equal() -> None:
    source = Source("/a", "ab", 3, 1.5)
    assert from_plain(Source, json.loads(json.dumps(to_plain(source)))) == source

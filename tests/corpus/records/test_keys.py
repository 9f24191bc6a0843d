import pytest

from corpus.model import Name, Record
from corpus.records.record import citation_key, distinct_key


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (Record(title="Near to Here", authors=(Name("Eiras", "F."),), year=2024), "eiras2024near"),
        (Record(title="On the Impact of It", authors=(Name("Kapoor"),), year=2024), "kapoor2024impact"),
        (Record(title="", authors=(Name("Ó Briain"),), year=None), "obriain"),
        (Record(title="Größe", authors=(Name("Müller"),), year=2020), "muller2020grosse"),
        (
            Record(title="Models", authors=(Name(literal="European Parliament"),), year=2021),
            "europeanparliament2021models",
        ),
        (Record(title="The Gradient of Release", year=2023), "gradientrelease2023"),
        (Record(), "my-file-2"),
    ],
)
def test_keys_are_short_plain_and_telling(record: Record, key: str) -> None:
    assert citation_key(record, "/somewhere/My File (2).md") == key


@pytest.mark.parametrize("path", ["???.md", "/a/.md", ""])
def test_there_is_always_a_key(path: str) -> None:
    assert citation_key(Record(), path)


def test_a_key_that_is_taken_gets_the_first_free_letter() -> None:
    assert distinct_key("lee2020", set()) == "lee2020"
    assert distinct_key("lee2020", {"lee2020"}) == "lee2020a"
    assert distinct_key("lee2020", {"lee2020", "lee2020a", "lee2020b"}) == "lee2020c"


def test_letters_run_on_behind_z() -> None:
    taken: set[str] = set()
    for _ in range(40):
        taken.add(distinct_key("lee2020", taken))
    assert len(taken) == 40
    assert "lee2020aa" in taken


def test_numbers_follow_where_all_letters_are_taken() -> None:
    taken: set[str] = set()
    for _ in range(705):
        taken.add(distinct_key("corpus", taken))
    assert len(taken) == 705
    assert "corpus-1" in taken

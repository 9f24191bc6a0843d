"""Versions of one work are told from works that are merely alike."""

from dataclasses import replace

import pytest

from corpus.model import Name, Record, Reference
from corpus.references.works import HeldWorks, Work, same_work, version_of, versions_among, work_keys

LEE, OTT, KIM = Name("Lee", "Ann"), Name("Ott", "Jo"), Name("Kim", "Bo")
PREPRINT = Record(title="Modelling the Jumps of Quokkas", authors=(LEE, OTT), year=2019, arxiv="1901.00001v2")
PRINTED = Record(
    title="Modeling the jumps of quokkas",
    authors=(LEE, OTT),
    year=2020,
    container_title="Journal of Marsupials",
    doi="10.1000/jm.7",
)


def held(name: str, record: Record, kind: str = "paper") -> Work:
    return Work.of(name, record, kind)


def changed(**fields: object) -> Record:
    return replace(PRINTED, **fields)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (PRINTED, True),
        (changed(year=2022), True),
        (changed(year=2023), False),
        (changed(authors=(KIM,)), False),
        (changed(authors=()), False),
        (changed(authors=(LEE,)), True),
        (changed(authors=(LEE, OTT, KIM)), True),
        (changed(title="Modeling the jumps of quokkas: a field study"), False),
        (changed(title="Modelling the jumps of quokkas: a field study"), True),
        (changed(title="Modelling the jumps of quokkas: a field study", authors=(LEE,)), False),
        (changed(title="Modelling the jumps of wallabies"), False),
        (changed(title="Modelling the jumps of quokkas, part II"), False),
        (changed(title="Modelling Jumps of the Quokkas"), True),
        (changed(title="Quite another title", arxiv="1901.00001"), False),
        (changed(title="", authors=(), arxiv="1901.00001v1"), True),
        (changed(title="Jumps of quokkas, modelled", arxiv="1901.00001v1"), True),
        (changed(arxiv="1905.00009"), False),
        (changed(doi="10.48550/arXiv.1901.00001", title="The jumps of quokkas"), True),
    ],
)
def test_two_records_tell_one_work(other: Record, same: bool) -> None:
    one, another = held("one", PREPRINT), held("other", other)
    assert same_work(one, another) is same_work(another, one) is same
    assert not same or work_keys(one) & work_keys(another)


def test_a_prefix_that_turns_the_meaning_is_another_work() -> None:
    one, other = (
        changed(title="Supervised counting of small marsupials"),
        changed(title="Unsupervised counting of small marsupials", doi=""),
    )
    assert not same_work(held("one", one), held("other", other))


def test_an_essay_under_the_title_of_a_paper_is_no_version_of_it() -> None:
    assert not same_work(held("paper", PREPRINT), held("essay", PREPRINT, "essay"))
    assert same_work(held("draft", PREPRINT, "essay"), held("essay", PREPRINT, "essay"))


def test_the_version_to_cite_is_the_greatest() -> None:
    first = replace(PREPRINT, arxiv="1901.00001v1")
    both = replace(PRINTED, arxiv="1901.00001")
    assert version_of(Record(title="x")) < version_of(first) < version_of(PREPRINT) < version_of(both)
    assert version_of(both) < version_of(PRINTED)
    assert version_of(PRINTED).name == "published in Journal of Marsupials"
    assert version_of(replace(PREPRINT, container_title="arXiv.org")).name == "preprint arXiv:1901.00001v2"
    assert version_of(Record(doi="10.48550/arXiv.1901.00001")).published == 1
    assert version_of(Record(doi="10.1101/gr.100.1")).published == 3


def test_a_version_of_a_version_is_one_too() -> None:
    first = replace(PREPRINT, title="A quokka's jump: first notes", arxiv="1901.00001v1", authors=(LEE,))
    middle = replace(PREPRINT, title="A quokka's jump: notes, or modelling the jumps of quokkas")
    works = [held("first", first), held("middle", middle), held("other", changed(authors=(KIM,)))]
    assert versions_among(works[0], works) == {"middle"}
    assert versions_among(works[2], works) == set()


AIR = Record(
    title="Counting Quokkas from the Air: A Survey", authors=(Name("Lee", "Ann"), Name("Major", "Mary")), year=2019
)
HELD = HeldWorks(
    [
        Work.of("air", AIR),
        Work.of("night", Record(title="Counting Quokkas at Night, Round 2", authors=(Name("Ott", "Jo"),), year=2020)),
        Work.of("short", Record(title="Quokkas", authors=(Name("Stiles", "Jo"),), year=2001)),
        Work.of("number", Record(title="A title that nobody prints alike", arxiv="2001.00001v3", doi="10.1000/Abc")),
    ]
)


def reference(title: str = "", *authors: str, year: str = "", **others: str) -> Reference:
    return Reference(0, 0, authors=authors, year=year, title=title, **others)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (reference("Counting quokkas from the air: a survey", "Lee", year="2019"), "air"),
        (reference("Counting quokkas from the air: a survey", "Leigh", year="2020"), "air"),
        (reference("Counting quokkas from the air: a survey", "Leigh", year="1999"), None),
        (reference("Counting quokas from the air - a survey", "Lee", year="2018"), "air"),
        (reference("Counting quokas from the air - a survey", "Kim", year="2019"), None),
        (reference("Counting numbats from the air: a survey", "Lee", year="2019"), None),
        (reference("Counting quokkas at night, round 2", "Ott", year="2020"), "night"),
        (reference("Counting quokkas at night, round 3", "Ott", year="2020"), None),
        (reference("Quokkas", "Stiles", year="2001"), "short"),
        (reference("Quokkas", "Lee", year="2001"), None),
        (reference("Quokka", "Stiles", year="2001"), None),
        (reference("", "Lee", year="2019"), None),
    ],
)
def test_a_title_needs_its_author_or_year(entry: Reference, expected: str | None) -> None:
    assert HELD.find(entry, entry.title) == expected


def test_identifiers_decide_where_the_title_is_there_too() -> None:
    said = "A title nobody prints. arXiv:2001.00001"
    assert HELD.find(reference("Cut wrong", arxiv="2001.00001"), said) == "number"
    assert HELD.find(reference("Cut wrong", doi="10.1000/ABC"), said) == "number"
    assert HELD.find(reference("Cut wrong", doi="10.48550/arXiv.2001.00001"), said) == "number"
    assert HELD.find(reference("Another work", arxiv="2001.00001"), "Another work of quite other words") is None


def test_a_title_that_was_not_cut_out_is_found_in_the_entry_behind_its_author() -> None:
    said = "Ann Lee and Mary Major. Counting quokkas from the air: a survey (Perth, 1995)"
    assert HELD.find(reference("quokkas from the air: a survey (Perth"), said) == "air"
    assert HELD.find(reference("quokkas from the air: a survey (Perth"), said.replace("Ann Lee", "Jo Ott")) is None


def test_an_entry_that_fits_two_documents_stands_for_none() -> None:
    twice = HeldWorks([Work.of("one", AIR), Work.of("two", AIR, "essay")])
    assert twice.find(reference(AIR.title, "Lee", year="2019"), AIR.title) is None

import time

import pytest

from corpus.references.mentions import find_author_years

NUMBERED = "[1] Lee, A. (2020). One.\n\n[2] Major, M. (2019). Two.\n\n[3] Stiles, J. (2018). Three.\n"
DATED = (
    "Lee, A., & Major, M. (2019a). One.\n\nLee, A., & Major, M. (2019b). Two.\n\nOtt, J. (2020). Three.\n\n"
    "van der Berg, K., Lee, A., & Ott, J. (2016). Four.\n\nSchütze, K. (2015). Five.\n\nSchütze, K. (2015). Six.\n"
)


def titles(read, said: str, entries: str) -> list[str | None]:
    document = read("a.md", f"{said}\n\n## References\n\n{entries}")
    return [None if m.reference is None else document.references[m.reference].title for m in document.mentions]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("So they say (e.g. Lee and Major, 2019a,b; Ott, 2020).", ["One", "Two", "Three"]),
        ("So they say [van der Berg et al.2016].", ["Four"]),
        ("So van der Berg et al. (2016, p. 3) say.", ["Four"]),
        ("So they say (see Ott 2020).", ["Three"]),
        ("However, Ott’s (2020) view counts.", ["Three"]),
        ("In contrast to Kim, Lee & Major (2019b) say so.", ["Two"]),
        ("So they say (Schütze, 2015b).", ["Six"]),
        ("So they say (Schütze, 2015).", [None]),
        ("So they say (Lee and Ott, 2019a).", [None]),
        ("That was in March (2020), see Figure 2 (2019).", []),
        ("So they say (project 2015AA0154).", []),
    ],
)
def test_citations_by_author_and_year(read, said: str, expected: list[str | None]) -> None:
    assert titles(read, said, DATED) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("So they say [2, 1].", ["One", "Two"]),
        ("So they say [1–3].", ["One", "Two", "Three"]),
        ("So they say [2, Sec. 3].", ["Two"]),
        ("A value in the interval [1, 2] is fine.", []),
        ("A value x ∈ [1, 3] is fine.", []),
        ("So they say [7].", []),
        ("A list [0, 1] is fine.", []),
        ("So we see.2 And more.3,1", ["Two", "One", "Three"]),
        ("A note2 on a mark.", []),
        ("So they say [1]. A note2 on a mark.3", ["One"]),
    ],
)
def test_citations_by_number(read, said: str, expected: list[str]) -> None:
    assert sorted(titles(read, said, NUMBERED)) == sorted(expected)


def test_numbers_mean_nothing_to_a_list_without_them(read) -> None:
    assert titles(read, "So they say [2].", DATED) == []


def test_links_lead_to_the_entry_of_their_number(read) -> None:
    said = "So [they](#bib.bib3) say, and [Lee](https://example.org/x#bib.bib1), not [him](#bib.bib99)."
    assert titles(read, said, DATED) == ["Three", "One"]


def test_a_link_whose_year_is_not_its_entrys_is_not_believed(read) -> None:
    assert titles(read, "So [Kim, 1999](#bib.bib1) says.", DATED) == []


def test_a_link_settles_a_citation_that_fits_two_entries(read) -> None:
    document = read("a.md", f"So they say ([Schütze, 2015](#bib.bib6)).\n\n## References\n\n{DATED}")
    (mention,) = document.mentions
    assert document.references[mention.reference].title == "Six"


def test_long_runs_of_names_take_no_long_time() -> None:
    text = ("Ann " * 3000 + "(" + "Lee, Major and " * 90 + "2020) ") * 3
    start = time.perf_counter()
    list(find_author_years(text))
    assert time.perf_counter() - start < 2

import pytest

from corpus.model import Reference


def references(read, *entries: str) -> tuple[Reference, ...]:
    return read("a.md", "Text.\n\n## References\n\n" + "\n\n".join(entries) + "\n").references


@pytest.mark.parametrize(
    ("entry", "authors", "year", "title"),
    [
        ("Lee, A. (2020). On things. Journal of Things, 3.", ("Lee",), "2020", "On things"),
        (
            "Lee, A., Major, M., & Stiles, J. (2020a). On things. Press.",
            ("Lee", "Major", "Stiles"),
            "2020a",
            "On things",
        ),
        ("Lee, Ann; Major, Mary (2021). On things. Press.", ("Lee", "Major"), "2021", "On things"),
        ("Ann Lee and Mary Major. 2021. On things. In Proceedings.", ("Lee", "Major"), "2021", "On things"),
        (
            "Lee et al. (2023) Ann Lee, Mary Major, and Jo Stiles. 2023. On things. Press.",
            ("Lee",),
            "2023",
            "On things",
        ),
        ("A. Lee and M. Major, “On things,” Journal of Things, 2019.", ("Lee", "Major"), "2019", "On things"),
        ("Lee, A. (2020). Are things open? Journal.", ("Lee",), "2020", "Are things open?"),
        ("A. B. Lee and M. Major. On things. In Proceedings, 2019.", ("Lee", "Major"), "2019", "On things"),
        (
            "Ann F. Lee, J. Mary Major, and Jo Stiles. On things. Press, 2005.",
            ("Lee", "Major", "Stiles"),
            "2005",
            "On things",
        ),
        ("Lee AB, Major M, et al. On things. Gut. 2007;56(9): 1232-9.", ("Lee", "Major"), "2007", "On things"),
        ("Solo, Irene (2023). On things. Conference.", ("Solo",), "2023", "On things"),
        ("OpenAI. 2023. On things. Technical report.", ("OpenAI",), "2023", "On things"),
    ],
)
def test_an_entry_gives_families_year_and_title(
    read, entry: str, authors: tuple[str, ...], year: str, title: str
) -> None:
    (found,) = references(read, entry)
    assert found.authors == authors
    assert found.year == year
    assert found.title == title


def test_identifiers_are_found_without_the_stop_behind_them(read) -> None:
    (found,) = references(
        read, "Lee, A. (2020). On things. arXiv:2001.00001. https://doi.org/10.1000/a(b)1. See https://example.org/x."
    )
    assert found.arxiv == "2001.00001"
    assert found.doi.startswith("10.1000/a(b")
    assert not found.doi.endswith(".")
    assert found.url.startswith("https://doi.org/10.1000/")


def test_numbered_entries_keep_their_mark(read) -> None:
    labels = [ref.label for ref in references(read, "[1] Lee, A. (2020). One.", "[2] Lee, B. (2021). Two.")]
    assert labels == ["1", "2"]


def test_an_entry_is_the_slice_that_it_was_read_from(read) -> None:
    entry = "Lee, A. (2020). On *things*."
    document = read("a.md", f"Text.\n\n## References\n\n- {entry}\n")
    (found,) = document.references
    assert document.text[found.start : found.end] == entry.replace("*", "")


def test_only_a_reference_list_has_entries(read) -> None:
    assert read("a.md", "## Results\n\nLee, A. (2020). On things.\n").references == ()


SOURCE = (
    "As Lee (2020) says, and {0}.\n\n## References\n\nLee, A. (2020). One.\n\nLee, A. (2021a). Two.\n\n"
    "Major, M., & Stiles, J. (2019). Three.\n\nMajor, M., & Lee, A. (2019). Four.\n\nMüller, K. (2018). Five.\n"
)


@pytest.mark.parametrize(
    ("citation", "titles"),
    [
        ("others agree (Lee, 2021a)", ["Two"]),
        ("others agree (e.g., Lee, 2020; Müller, 2018)", ["One", "Five"]),
        ("Major and Stiles (2019) agree", ["Three"]),
        ("others agree (Major & Lee, 2019)", ["Four"]),
        ("Lee’s (2020) view", ["One"]),
        ("others agree (Lee, 1999)", [None]),
        ("Major (2019) is two works", [None]),
        ("nobody else", []),
        ("in 2020 (see Figure 2)", []),
    ],
)
def test_a_mention_leads_to_the_one_entry_that_it_fits(read, citation: str, titles: list[str | None]) -> None:
    document = read("a.md", SOURCE.format(citation))
    first, *others = document.mentions
    assert document.references[first.reference].title == "One"
    found = [None if m.reference is None else document.references[m.reference].title for m in others]
    assert found == titles


def test_mentions_are_in_order_and_outside_the_list(read) -> None:
    document = read("a.md", SOURCE.format("others agree (Lee, 2021a; Müller, 2018)"))
    starts = [mention.start for mention in document.mentions]
    assert starts == sorted(starts)
    assert max(mention.end for mention in document.mentions) <= document.references[0].start

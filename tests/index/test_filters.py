import pytest

from corpus.errors import UsageError
from corpus.store.tags import Tags
from index.filters import Filters, parse_years

TEXTS = {
    "a.md": "---\ntitle: First\nauthor: [Ada Müller, Bo Chen]\ndate: 2019\n---\n\n# Methods\n\nPlums are measured.\n",
    "b.md": "---\ntitle: Second\nauthor: Carla Muller\ndate: 2021\nkind: essay\n---\n\n# Results\n\nPlums are ripe.\n",
    "c.md": "---\ntitle: Third\nauthor: The Plum Board\ndate: 2023\n---\n\n# Methods of old\n\nPlums are counted.\n",
    "d.md": "# Fourth\n\nPlums of unknown date.\n",
}


GERMAN = "Die Pflaumen sind in diesem Jahr nicht so reif, wie man es nach dem Regen im Mai erwartet hat. Plums, also."
TEXTS["d.md"] += f"\n{GERMAN}\n"


@pytest.fixture(scope="module")
def stocked(stock):
    library = stock(TEXTS)
    ids = {summary.title: summary.document_id for summary in library.store.summaries()}
    tags = Tags(library.database)
    tags.change([ids["First"], ids["Third"]], ["To read"], [])
    tags.change([ids["Second"]], ["done"], [])
    return library


def titles(library, query: str = "plums", **conditions: object) -> set[str]:
    hits = library.retriever.search(query, 10, filters=Filters(**conditions))
    return {hit.passage.title for hit in hits}


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, {"First", "Second", "Third", "Fourth"}),
        ({"authors": ("muller",)}, {"First", "Second"}),
        ({"authors": ("Müller",)}, {"First", "Second"}),
        ({"authors": ("Ada Müller",)}, {"First"}),
        ({"authors": ("mull",)}, set()),
        ({"authors": ("Chen", "plum board")}, {"First", "Third"}),
        ({"authors": ("",)}, set()),
        ({"authors": ("Müller, A.",)}, {"First"}),
        ({"authors": ("C. Muller",)}, {"Second"}),
        ({"years": (2019, 2021)}, {"First", "Second"}),
        ({"years": (2021, None)}, {"Second", "Third"}),
        ({"years": (None, 2019)}, {"First"}),
        ({"kinds": ("essay",)}, {"Second"}),
        ({"kinds": ("essay", "document")}, {"First", "Second", "Third", "Fourth"}),
        ({"sections": ("methods",)}, {"First", "Third"}),
        ({"sections": ("METHODS OF", "result")}, {"Second", "Third"}),
        ({"sections": ("%",)}, set()),
        ({"sections": ('"',)}, set()),
        ({"sections": ("methods",), "years": (2020, 2024)}, {"Third"}),
        ({"documents": ("nowhere",)}, set()),
        ({"tags": ("to READ",)}, {"First", "Third"}),
        ({"tags": ("To read", "done")}, {"First", "Second", "Third"}),
        ({"tags": ("To read",), "authors": ("Chen",)}, {"First"}),
        ({"languages": ("de",)}, {"Fourth"}),
        ({"languages": ("DE", "und")}, {"First", "Second", "Third", "Fourth"}),
        ({"languages": ("und",), "tags": ("done",)}, {"Second"}),
        ({"languages": ("ja",)}, set()),
    ],
)
def test_conditions_hold_for_every_hit(stocked, conditions: dict[str, object], expected: set[str]) -> None:
    assert titles(stocked, **conditions) == expected


def test_what_is_filtered_out_takes_no_place(library, write) -> None:
    """A filter after the ranking would lose the one passage that fits behind hundreds that don't."""
    crowd = [write(f"{n}.md", f"# Plums {n}\n\nPlums, plums and plums number {n}.\n") for n in range(230)]
    library.add(*crowd, write("z.md", "---\ntitle: Other\ndate: 1999\n---\n\nA stone in a shoe. One plum.\n"))
    assert titles(library, "plums plums", years=(1999, 1999)) == {"Other"}


@pytest.mark.parametrize("text", ["", "-", "20", "2023-2020", "next year", "2020-21", "2020 2021", "x2020"])
def test_years_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_years(text)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "years"),
    [("2020", (2020, 2020)), ("2020-", (2020, None)), (" 2020–2021 ", (2020, 2021)), ("-2020", (None, 2020))],
)
def test_years_are_read(text: str, years: tuple[int | None, int | None]) -> None:
    assert parse_years(text) == years


def test_an_unknown_tag_is_refused_with_the_known_ones(stocked) -> None:
    with pytest.raises(UsageError, match="The tags are done, To read"):
        titles(stocked, tags=("To read", "reading"))


@pytest.mark.parametrize("language", ["german", "", "xx"])
def test_an_unknown_language_is_refused_with_those_of_the_library(stocked, language: str) -> None:
    with pytest.raises(UsageError, match="the library holds de, und"):
        titles(stocked, languages=(language,))


def test_an_unknown_kind_is_refused(stocked) -> None:
    with pytest.raises(UsageError, match="paper, essay"):
        titles(stocked, kinds=("novel",))


def test_a_section_holds_its_subsections_and_is_found_in_any_case(library, write) -> None:
    library.add(
        write(
            "a.md",
            "# Plums and results\n\nPlums begin.\n\n## ÜBERBLICK\n\nPlums are old.\n\n"
            "## 5 Results\n\nPlums are many.\n\n### Ablation\n\nPlums are few.\n\n## Ends\n\nPlums are over.\n",
        )
    )
    hits = {name: library.found("plums", 10, filters=Filters(sections=(name,))) for name in ("results", "überblick")}
    assert sorted(hits["results"]) == ["Plums are few.", "Plums are many.", "Plums begin."]
    assert hits["überblick"] == ["Plums are old."]


def test_a_name_in_ideographs_is_found_by_its_parts(library, write) -> None:
    library.add(write("a.md", "---\nauthor: 王小明\n---\n\n# 模型\n\n开源模型可以下载。\n"))
    for name in ("王小明", "王", "小明"):
        assert library.found("模型", filters=Filters(authors=(name,)))
    assert not library.found("模型", filters=Filters(authors=("李",)))

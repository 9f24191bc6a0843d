import pytest

from corpus.readers.frontmatter import front_matter_hints, split_front_matter, split_page_header


def hints(yaml: str) -> dict[str, str]:
    data, _ = split_front_matter(f"---\n{yaml}\n---\nBody")
    return {name: hint.value for name, hint in front_matter_hints(data).items()}


def test_front_matter_is_taken_off_the_text() -> None:
    data, rest = split_front_matter("---\ntitle: On Release\n---\n\nBody text.\n")
    assert data == {"title": "On Release"}
    assert rest == "\nBody text.\n"


@pytest.mark.parametrize(
    "text",
    [
        "No front matter at all.",
        "---\njust a sentence\n---\nBody",
        "---\nnever closed: true\n",
        "Text first.\n---\ntitle: x\n---\n",
        "+++\nno toml at all\n+++\nBody",
        "{ braces begin a sentence } here",
        '{"title": 3} and text behind it',
        "[1, 2]\nBody",
        "%no space\nBody",
    ],
)
def test_what_is_no_front_matter_stays_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


@pytest.mark.parametrize(
    "yaml",
    ["title: Bad: YAML", "not: [valid", "!!python/object/apply:os.system ['true']", "date: 2021-13-41", "[" * 5000],
)
def test_a_broken_head_stays_as_text_that_is_no_heading(yaml: str) -> None:
    assert split_front_matter(f"---\n{yaml}\n---\nBody\n") == ({}, f"{yaml}\n\nBody\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '+++\ntitle = "Maps"\ndate = 2021-11-05T00:00:00Z\nauthors = ["Mary Major", "John Stiles"]\n'
            '[params]\n  doi = "10.1000/x"\n+++\nBody',
            {"title": "Maps", "date": "2021-11-05", "authors": "Mary Major; John Stiles", "doi": "10.1000/x"},
        ),
        ('{\n  "title": "Maps",\n  "date": "2020-05-01"\n}\nBody', {"title": "Maps", "date": "2020-05-01"}),
        (
            "% On Maps\n  and More\n% Mary Major; John Stiles\n% March 2018\nBody",
            {"title": "On Maps and More", "authors": "Mary Major; John Stiles", "date": "2018-03"},
        ),
        ("% On Maps\n%\n% 2018\nBody", {"title": "On Maps", "date": "2018"}),
        ("% On Maps\nBody", {"title": "On Maps"}),
        ("---\ntitle: >-\n  A folded\n  title\n...\nBody", {"title": "A folded title"}),
    ],
)
def test_every_form_of_front_matter_is_read(source: str, expected: dict[str, str]) -> None:
    data, rest = split_front_matter(source)
    assert {name: hint.value for name, hint in front_matter_hints(data).items()} == expected
    assert rest.strip() == "Body"


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title: On Release\nauthor: Mary Major", {"title": "On Release", "authors": "Mary Major"}),
        ("authors: [Mary Major, John Stiles]", {"authors": "Mary Major; John Stiles"}),
        ("author:\n  - name: Mary Major\n  - name: John Stiles", {"authors": "Mary Major; John Stiles"}),
        ("date: 2023-05-16T17:34:45+08:00", {"date": "2023-05-16"}),
        ("date: 2023-05-16", {"date": "2023-05-16"}),
        ("date: May 2023\nyear: 2023", {"date": "2023-05"}),
        ("year: 1850", {"date": "1850"}),
        ("doi: 10.1000/xyz\narxiv: 2101.00001", {"doi": "10.1000/xyz", "arxiv": "2101.00001"}),
        ("title: 1984", {"title": "1984"}),
        ("kind: Essay", {"kind": "essay"}),
        ("tags: [a]", {"kind": "web"}),
        ("title: ''\nauthor:\ndate: soon", {}),
    ],
)
def test_fields_are_read_in_their_usual_forms(yaml: str, expected: dict[str, str]) -> None:
    assert hints(yaml) == expected


def test_a_saved_page_states_title_address_and_date() -> None:
    text = (
        "Title: Some Findings\n\nURL Source: https://example.org/a\n\n"
        "Published Time: Mon, 27 May 2024 00:45:08 GMT\n\nMarkdown Content:\nBody"
    )
    found, rest = split_page_header(text)
    assert {name: hint.value for name, hint in found.items()} == {
        "title": "Some Findings",
        "url": "https://example.org/a",
        "date": "2024-05-27",
        "kind": "web",
    }
    assert rest == "Body"


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://arxiv.org/html/2101.00001v2", "2101.00001"),
        ("https://arxiv.org/abs/2101.00001", "2101.00001"),
        ("https://arxiv.org/abs/cs.CL/0101001", "cs.CL/0101001"),
    ],
)
def test_an_arxiv_address_gives_the_identifier_and_makes_it_a_paper(url: str, identifier: str) -> None:
    found, _ = split_page_header(f"Title: T\n\nURL Source: {url}\n\nMarkdown Content:\nBody")
    assert found["arxiv"].value == identifier
    assert found["kind"].value == "paper"


def test_the_word_title_in_prose_is_no_header() -> None:
    text = "Title: a short word with a long history.\n\nIt goes on.\n"
    assert split_page_header(text) == ({}, text)


def test_authors_in_one_line_are_several_people(read) -> None:
    authors = read("a.md", "---\ntitle: T\nauthor: Jane Doe, John Roe\n---\n\nText.\n").record.authors
    assert [(name.family, name.given) for name in authors] == [("Doe", "Jane"), ("Roe", "John")]

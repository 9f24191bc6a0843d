""" """

import time

import pytest

from corpus.model import BlockKind, Document
from corpus.readers.markdown import drop_site_code, take_notes, visible_lines


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_marks_go_and_words_stay(read) -> None:
    document = read("a.md", "A *few* **words** with `code`, ~~struck~~ and a ![picture](p.png) hard  \nbreak.\n")
    assert document.text == "A few words with code, struck and a  hard break."


def test_every_kind_of_block_is_told_apart(read) -> None:
    source = (
        "# Title\n\nProse\nover two lines.\n\n> Quoted.\n\n- first\n- second\n\n```\nx = 1\n```\n\n"
        "Figure 2: What a caption looks like.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nSub\n---\n"
    )
    assert blocks(read("a.md", source)) == [
        (BlockKind.HEADING, "Title"),
        (BlockKind.PARAGRAPH, "Prose over two lines."),
        (BlockKind.QUOTE, "Quoted."),
        (BlockKind.LIST_ITEM, "first"),
        (BlockKind.LIST_ITEM, "second"),
        (BlockKind.CODE, "x = 1"),
        (BlockKind.CAPTION, "Figure 2: What a caption looks like."),
        (BlockKind.TABLE, "A | B\n1 | 2"),
        (BlockKind.HEADING, "Sub"),
    ]


def test_heading_levels_are_kept(read) -> None:
    document = read("a.md", "# One\n\nSetext\n------\n\n#### Four\n\ntext\n")
    assert [block.level for block in document.blocks] == [1, 2, 4, 0]


def test_links_point_at_their_words(read) -> None:
    document = read("a.md", "Before.\n\nSee [the **report**](https://example.org/r) and <https://example.org/s>.\n")
    assert [(document.text[k.start : k.end], k.target) for k in document.links] == [
        ("the report", "https://example.org/r"),
        ("https://example.org/s", "https://example.org/s"),
    ]


def test_cells_beyond_a_short_header_are_kept(read) -> None:
    document = read("a.md", "| Model | *Size* |\n|---|---|\n| Alpha | **7B** | open | 2023 |\n")
    assert blocks(document) == [(BlockKind.TABLE, "Model | Size\nAlpha | 7B | open | 2023")]


def test_figures_that_lost_their_rules_are_a_table_with_their_lines(read) -> None:
    rows = ["Alpha 7B 2021 10", "Beta 13B 2022 20", "Gamma 70B 2023 30", "Delta 1B 2024 40"]
    assert blocks(read("a.md", "\n".join(rows))) == [(BlockKind.TABLE, "\n".join(rows))]


@pytest.mark.parametrize(
    ("source", "title", "origin"),
    [
        ("---\ntitle: Stated\n---\n\n# Heading\n\nText.\n", "Stated", "front matter"),
        ("## 📄 Decorated: heading\n\nText.\n", "Decorated: heading", "heading"),
        ("# “Quoted” heading\n\nText.\n", "“Quoted” heading", "heading"),
    ],
)
def test_the_title_comes_from_the_best_place_that_states_it(read, source: str, title: str, origin: str) -> None:
    document = read("a.md", source)
    assert document.record.title == title
    assert document.origins["title"].source == origin


def test_a_heading_further_down_is_no_title(read) -> None:
    assert read("a.md", "Some text first.\n\n# Then a heading\n\nMore.\n").record.title == ""


def test_raw_html_leaves_no_tags(read) -> None:
    document = read("a.md", "<script>alert(1)</script>\n\nOne<br>two <b>bold</b>.\n")
    assert document.text == "One two bold."


def test_terminal_escapes_and_control_characters_are_gone(read) -> None:
    text = read("a.md", "# \x1b[31mRed\x1b[0m\n\nBe\x07ll and an \u009b2J escape.\n").text
    assert not any((ord(char) < 32 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in text)
    assert "Bell" in text


def test_remains_of_a_latex_conversion_are_dropped(read) -> None:
    document = read("a.md", "Some text.\n\n{adjustwidth}\n\n\\vspace\n\n-0.5pt-0.5pt\n\nMore text.\n")
    assert document.text == "Some text.\n\nMore text."


def test_damage_is_reported_where_it_stands(read) -> None:
    document = read("a.md", "# âœï¸ Notes\n\nText.\n")
    (damage,) = document.damages
    assert document.text[damage.start : damage.end] == damage.text == "âœï¸"


@pytest.mark.parametrize(
    ("source", "text", "notes"),
    [
        ("Here.[^a] There.\n\n[^a]: See *also* this.\n\nNext.", "Here. There.\n\nNext.", ["See *also* this."]),
        ("A.[^1]\n\n[^1]: One\nlazy line.\n\n    Second paragraph.\n# Heading", "A.\n\n# Heading", None),
        ("A.[^1]\n\n[^1]: https://example.org/a", "A.\n", ["https://example.org/a"]),
        ("A mark[^x] without a note.", "A mark[^x] without a note.", []),
        ("```\n[^1]: code\n```\n", "```\n[^1]: code\n```\n", []),
        ("No marks at all.", "No marks at all.", []),
    ],
)
def test_notes_and_their_marks_are_taken_out(source: str, text: str, notes: list[str] | None) -> None:
    found = take_notes(source)
    assert found[0] == text
    assert found[1] == (["One\nlazy line.\n\nSecond paragraph."] if notes is None else notes)


def test_a_sentence_is_not_broken_by_a_note(read) -> None:
    document = read("a.md", "One reads slowly.[^1] Then faster.\n\n[^1]: See [this](https://example.org/x).\n")
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "One reads slowly. Then faster."),
        (BlockKind.FOOTNOTE, "See this."),
    ]
    (link,) = document.links
    assert document.text[link.start : link.end] == "this"


def test_many_marks_cost_little() -> None:
    begun = time.monotonic()
    take_notes("[^" * 50_000 + "\n" + "[^a]: x\n" * 20_000)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<div>\n<p>First\nparagraph.</p><p>Second.</p>\n</div>", ["First paragraph.", "Second."]),
        (
            "<table><tr><th>Model</th><th>Size</th></tr>\n<tr><td>A</td> <td>7B</td></tr></table>",
            ["Model | Size", "A | 7B"],
        ),
        ("<style>p { color: red }</style><!-- note --><img src='a.png'>", []),
        ("<script>never closed", []),
        ("<p>3 &lt; 5 and 5 > 3</p>", ["3 < 5 and 5 > 3"]),
    ],
)
def test_words_stay_and_code_goes(html: str, lines: list[str]) -> None:
    assert visible_lines(html) == lines


def test_words_in_html_blocks_of_markdown_are_read(read) -> None:
    assert read("a.md", "<div align='center'>\nCentred words.\n</div>\n\nProse.\n").text == "Centred words.\n\nProse."


@pytest.mark.parametrize("piece", ["<script", "<!-- ", "<p", "</td> "])
def test_unclosed_tags_cost_little(piece: str) -> None:
    begun = time.monotonic()
    visible_lines(piece * 20_000)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('A map. {{< figure src="map.png" title="A" >}}', "A map. "),
        ("{{% header %}}\nText.", "\nText."),
        ("{% include nav.html %}Text.", "Text."),
        ("One <!-- hidden\n\nlines --> two.", "One  two."),
        ("`{{< ref >}}` stays", "`{{< ref >}}` stays"),
        ("```\n{{< ref >}}\n<!-- shown -->\n```\n", "```\n{{< ref >}}\n<!-- shown -->\n```\n"),
        ("Sets {{a, b}} and 5 % of {%", "Sets {{a, b}} and 5 % of {%"),
    ],
)
def test_only_instructions_outside_code_go(source: str, kept: str) -> None:
    assert drop_site_code(source) == kept


@pytest.mark.parametrize("piece", ["<!-- ", "{{< ", "{% a ", "`a", "```\n"])
def test_unclosed_pieces_cost_little(piece: str) -> None:
    begun = time.monotonic()
    drop_site_code(piece * 10_000)
    assert time.monotonic() - begun < 2

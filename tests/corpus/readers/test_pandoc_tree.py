""" """

from typing import Any

import pytest

from corpus.model import BlockKind, Link
from corpus.readers.pandoc_tree import Composer, render

ATTRIBUTES: list[Any] = ["", [], []]


def string(text: str) -> dict[str, Any]:
    return {"t": "Str", "c": text}


@pytest.mark.parametrize(
    ("node", "text"),
    [
        ({"t": "Quoted", "c": [{"t": "SingleQuote"}, [string("a")]]}, "‘a’"),
        ({"t": "Quoted", "c": [{"t": "DoubleQuote"}, [string("a")]]}, "“a”"),
        ({"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}, "$x^2$"),
        ({"t": "Code", "c": [ATTRIBUTES, "f(x)"]}, "f(x)"),
        ({"t": "Emph", "c": [{"t": "Subscript", "c": [string("2")]}]}, "2"),
        ({"t": "RawInline", "c": ["html", "<b>"]}, ""),
        ({"t": "Image", "c": [ATTRIBUTES, [string("a dog")], ["dog.png", ""]]}, ""),
        (string("co\u00adopera\u00adtion\u00a0of \ufb01ve\x1b"), "cooperation of five"),
    ],
)
def test_a_node_shows_its_words(node: dict[str, Any], text: str) -> None:
    assert render([node]).text == text


def test_links_point_at_their_words() -> None:
    link = {
        "t": "Link",
        "c": [ATTRIBUTES, [string("the"), {"t": "Space"}, string("report")], ["https://example.org", ""]],
    }
    rendered = render([{"t": "Space"}, string("See"), {"t": "Space"}, link])
    assert rendered.text == "See the report"
    assert rendered.inline.links == (Link(4, 14, "https://example.org"),)


def test_a_citation_is_what_is_printed_or_else_its_keys() -> None:
    keys = [{"citationId": "major2020"}, {"citationId": "stiles2021"}]
    printed = {"t": "Cite", "c": [keys, [string("(Major 2020)")]]}
    raw = {"t": "Cite", "c": [keys, [{"t": "RawInline", "c": ["latex", "\\citep{major2020,stiles2021}"]}]]}
    assert render([printed]).text == "(Major 2020)"
    assert render([raw]).text == "[major2020; stiles2021]"


def words(text: str) -> list[dict[str, Any]]:
    first, *others = text.split()
    return [{"t": "Str", "c": first}, *(node for word in others for node in ({"t": "Space"}, {"t": "Str", "c": word}))]


def para(*inlines: dict[str, Any]) -> dict[str, Any]:
    return {"t": "Para", "c": list(inlines)}


def cell(text: str) -> list[Any]:
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": words(text)}]]


def table(caption: str, *rows: list[str]) -> dict[str, Any]:
    attributes = ["", [], []]
    body = [attributes, 0, [], [[attributes, [cell(text) for text in row]] for row in rows]]
    captions = [{"t": "Plain", "c": words(caption)}] if caption else []
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * len(rows[0])
    return {"t": "Table", "c": [attributes, [None, captions], columns, [attributes, []], [body], [attributes, []]]}


def composed(*blocks: dict[str, Any]) -> list[tuple[BlockKind, str]]:
    composer = Composer()
    composer.compose(blocks)
    text = composer.builder.text
    return [(block.kind, text[block.start : block.end]) for block in composer.builder.blocks]


def test_a_note_stands_behind_the_block_of_its_mark() -> None:
    note = {"t": "Note", "c": [para(*words("What the note says."))]}
    assert composed(para(*words("Before"), note, {"t": "Space"}, *words("behind.")), para(*words("Next."))) == [
        (BlockKind.PARAGRAPH, "Before behind."),
        (BlockKind.FOOTNOTE, "What the note says."),
        (BlockKind.PARAGRAPH, "Next."),
    ]


def test_a_list_within_a_note_is_the_notes() -> None:
    note = {"t": "Note", "c": [{"t": "BulletList", "c": [[para(*words("item"))]]}]}
    assert composed(para(*words("Text."), note))[1] == (BlockKind.FOOTNOTE, "item")


def test_rows_of_a_table_are_lines_below_their_caption() -> None:
    assert composed(table("What was found", ["Model", "Size"], ["Alpha", "7B"])) == [
        (BlockKind.CAPTION, "What was found"),
        (BlockKind.TABLE, "Model | Size\nAlpha | 7B"),
    ]


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    assert composed(table("", ["One sentence."], ["Another."])) == [
        (BlockKind.PARAGRAPH, "One sentence."),
        (BlockKind.PARAGRAPH, "Another."),
    ]


def test_lists_quotes_code_and_verse_are_told_apart() -> None:
    item = {
        "t": "BulletList",
        "c": [[{"t": "Plain", "c": words("outer")}, {"t": "BulletList", "c": [[para(*words("inner"))]]}]],
    }
    verse = {"t": "LineBlock", "c": [words("one line"), words("another")]}
    code = {"t": "CodeBlock", "c": [["", [], []], "x = 1\ny = 2"]}
    assert composed(item, {"t": "BlockQuote", "c": [para(*words("Said."))]}, code, verse) == [
        (BlockKind.LIST_ITEM, "outer"),
        (BlockKind.LIST_ITEM, "inner"),
        (BlockKind.QUOTE, "Said."),
        (BlockKind.CODE, "x = 1\ny = 2"),
        (BlockKind.PARAGRAPH, "one line\nanother"),
    ]


def test_an_unknown_node_is_passed_over() -> None:
    assert composed({"t": "Novelty", "c": 3}, {"t": "Null"}, para(*words("Text."))) == [(BlockKind.PARAGRAPH, "Text.")]

from typing import Any

import pytest

from corpus.model import Link
from corpus.pandoc.inlines import render

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

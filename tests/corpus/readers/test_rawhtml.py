import time

import pytest

from corpus.readers.rawhtml import visible_lines


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

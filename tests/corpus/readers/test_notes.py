import time

import pytest

from corpus.model import BlockKind
from corpus.readers.notes import take_notes


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

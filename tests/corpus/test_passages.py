from collections.abc import Sequence

from corpus.model import BlockKind, Document
from corpus.passages import cut_passages


def words(texts: Sequence[str]) -> list[int]:
    """Counts words: a tokenizer that can be reckoned with on paper."""
    return [len(text.split()) for text in texts]


def cut(document: Document, limit: int = 20) -> list[str]:
    return [document.text[p.start : p.end] for p in cut_passages(document, words, limit)]


def sentence(length: int, mark: str) -> str:
    return " ".join([mark.capitalize()] + [mark] * (length - 1)) + "."


def test_sentences_are_taken_in_up_to_the_limit(read) -> None:
    one, two, three = sentence(8, "one"), sentence(8, "two"), sentence(8, "three")
    assert cut(read("a.md", f"{one} {two} {three}\n")) == [f"{one} {two}", three]


def test_the_end_of_a_paragraph_closes_a_passage_that_is_fairly_full(read) -> None:
    one, two = sentence(13, "one"), sentence(5, "two")
    assert cut(read("a.md", f"{one}\n\n{two}\n")) == [one, two]
    assert cut(read("a.md", f"{sentence(6, 'one')}\n\n{two}\n")) == [f"{sentence(6, 'one')}\n\n{two}"]


def test_a_short_remainder_joins_the_passage_before_it(read) -> None:
    one, two = sentence(14, "one"), "Two words."
    assert cut(read("a.md", f"{one}\n\n{two}\n")) == [f"{one}\n\n{two}"]


def test_a_passage_never_crosses_a_section(read) -> None:
    document = read("a.md", "# A\n\nShort one.\n\n# B\n\nShort two.\n")
    assert cut(document) == ["Short one.", "Short two."]
    assert [p.section for p in cut_passages(document, words, 20)] == [0, 1]


def test_a_sentence_above_the_limit_is_cut_at_spaces(read) -> None:
    long = sentence(50, "word")
    parts = cut(read("a.md", f"{long}\n"))
    assert " ".join(parts) == long
    assert [len(part.split()) for part in parts] == [20, 20, 10]


def test_a_word_above_the_limit_is_cut_anywhere(read) -> None:
    def characters(texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    document = read("a.md", "x" * 95 + "\n")
    pieces = [document.text[p.start : p.end] for p in cut_passages(document, characters, 30)]
    assert "".join(pieces) == "x" * 95
    assert max(map(len, pieces)) <= 30


def test_tables_and_captions_stand_alone(read) -> None:
    document = read("a.md", "Before it.\n\nTable 1: What it shows.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nAfter it.\n")
    assert cut(document) == ["Before it.", "Table 1: What it shows.", "A | B\n1 | 2", "After it."]


def test_reference_lists_and_headings_stay_out(read) -> None:
    document = read(
        "a.md", "# Title words\n\nText.\n\n## References\n\nLee, A. (2020). On things.\n\n## End\n\nMore.\n"
    )
    assert cut(document) == ["Text.", "More."]


def test_footnotes_stay_out() -> None:
    from corpus.model import Block, Record, Span

    document = Document(
        "Text.\n\nA note.",
        Record(),
        "document",
        "pdf",
        blocks=(Block(BlockKind.PARAGRAPH, 0, 5), Block(BlockKind.FOOTNOTE, 7, 14)),
        sentences=(Span(0, 5), Span(7, 14)),
    )
    assert cut(document) == ["Text."]


def test_a_document_of_headings_alone_has_no_passages(read) -> None:
    assert cut(read("a.md", "# One\n\n## Two\n")) == []


def test_text_without_an_end_of_a_sentence_is_counted_a_few_times_over_at_most(read) -> None:
    counted = 0

    def counting(texts: Sequence[str]) -> list[int]:
        nonlocal counted
        counted += sum(map(len, texts))
        return words(texts)

    document = read("a.md", "word " * 20_000 + "\n")
    passages = cut_passages(document, counting, 20)
    assert {len(document.text[p.start : p.end].split()) for p in passages} == {20}
    assert counted < 60 * len(document.text)

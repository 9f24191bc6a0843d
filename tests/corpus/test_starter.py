"""The starter briefs hold what they promise: short, in their own words, and every citation answered by an entry."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from corpus.starter import brief_paths
from corpus.text.sentences import split_sentences

LIBRARY = Path(__file__).resolve().parents[3] / "shared" / "library"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_NAME = r"[A-Z][\w’'-]+"
_AUTHORS = rf"{_NAME}(?: {_NAME})*(?: et al\.| and {_NAME}(?: {_NAME})*)?"
_NARRATIVE = re.compile(rf"({_AUTHORS}) \((\d{{4}})\)")
_PARENTHESIS = re.compile(r"\(([^()]*\b\d{4}\b[^()]*)\)")
_CITED = re.compile(rf"({_AUTHORS}), (\d{{4}})(?:, sec\. [\w.]+)?")
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_ENTRY = re.compile(r"- (?P<authors>[^()]+) \((?P<year>\d{4})\)\. (?P<rest>.+\.)")


class Brief(NamedTuple):
    """One file, taken apart."""

    head: dict[str, object]
    paragraphs: list[str]
    entries: list[str]

    @property
    def words(self) -> list[str]:
        return [word for paragraph in self.paragraphs for word in WORD.findall(paragraph)]

    @property
    def sentences(self) -> list[str]:
        return [span.within(text) for text in self.paragraphs for span in split_sentences(text)]


def read_brief(path: Path) -> Brief:
    """The front matter, the paragraphs without headings, and the entries of the list of works."""
    _, head, rest = path.read_text("utf-8").split("---\n", 2)
    body, works = rest.split("\n## References\n")
    blocks = [block.strip() for block in body.split("\n\n")]
    paragraphs = [block for block in blocks if block and not block.startswith("#")]
    return Brief(yaml.safe_load(head), paragraphs, works.strip().splitlines())


def citations(text: str) -> set[tuple[str, str]]:
    """Every author-year citation in ``text`` as (authors, year).

    >>> sorted(citations("Eiras et al. (2024) agree (Liesenfeld and Dingemanse, 2024; Kapoor et al., 2024, sec. 5.1)."))
    [('Eiras et al.', '2024'), ('Kapoor et al.', '2024'), ('Liesenfeld and Dingemanse', '2024')]
    """
    found = set(_NARRATIVE.findall(text))
    for inside in _PARENTHESIS.findall(text):
        for part in inside.split("; "):
            if match := _CITED.fullmatch(part):
                found.add((match[1], match[2]))
    return found


def cited_form(entry: str) -> tuple[str, str]:
    """How the text cites an entry: its authors in short and its year.

    >>> cited_form("- Liesenfeld, Andreas; Dingemanse, Mark (2024). A title. FAccT 2024.")
    ('Liesenfeld and Dingemanse', '2024')
    """
    match = _ENTRY.fullmatch(entry)
    assert match, f"not in the uniform format: {entry}"
    families = [name.split(",")[0] for name in match["authors"].split("; ")]
    short = families[0] if len(families) == 1 else " and ".join(families)
    return (f"{families[0]} et al." if len(families) > 2 else short), match["year"]


def runs(words: list[str], length: int = 8) -> set[tuple[str, ...]]:
    """Every run of ``length`` consecutive words, lower-cased."""
    lowered = [word.lower() for word in words]
    return {tuple(lowered[i : i + length]) for i in range(len(lowered) - length + 1)}


briefs = pytest.mark.parametrize("path", brief_paths(), ids=lambda path: path.stem)


def test_four_briefs_are_found() -> None:
    assert [path.name for path in brief_paths()] == [
        "governance.md",
        "openness-and-the-pipeline.md",
        "opportunities-risks-marginal-risk.md",
        "release-and-licences.md",
    ]


@briefs
def test_front_matter(path: Path) -> None:
    head = read_brief(path).head
    assert isinstance(head.pop("title"), str)
    assert head == {
        "author": "loccit contributors",
        "date": datetime.date(2026, 11, 20),
        "kind": "brief",
        "lang": "en",
    }


@briefs
def test_only_level_two_headings(path: Path) -> None:
    headings = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    assert all(line.startswith("## ") for line in headings)
    assert headings[-1] == "## References"


@briefs
def test_length(path: Path) -> None:
    assert 600 <= len(read_brief(path).words) <= 1200


@briefs
def test_citations_and_entries_answer_each_other(path: Path) -> None:
    brief = read_brief(path)
    forms = [cited_form(entry) for entry in brief.entries]
    assert len(forms) == len(set(forms))
    assert citations(" ".join(brief.paragraphs)) == set(forms)


@briefs
def test_every_parenthesis_with_a_year_is_a_citation(path: Path) -> None:
    text = " ".join(read_brief(path).paragraphs)
    for inside in _PARENTHESIS.findall(text):
        if not inside.isdigit():
            assert all(_CITED.fullmatch(part) for part in inside.split("; ")), inside


@briefs
def test_every_sentence_names_its_source(path: Path) -> None:
    """A sentence is quoted alone, so it must show by itself that it is second-hand, or say that it is not."""
    bare = [text for text in read_brief(path).sentences if not citations(text) and "general knowledge" not in text]
    assert bare == []


@briefs
def test_sentences_stand_alone(path: Path) -> None:
    for text in read_brief(path).sentences:
        assert 12 <= len(WORD.findall(text)) <= 35, text
        assert not re.match(r"(This|That|These|Those|They|It|Its|Their|He|She|Such|Both)\b", text), text


@briefs
def test_own_words(path: Path) -> None:
    """Facts are carried over from the papers that a reader brings along, sentences are not."""
    if not LIBRARY.is_dir():
        pytest.skip(f"no documents to compare with: {LIBRARY}")
    own = {run for text in read_brief(path).paragraphs for run in runs(WORD.findall(text))}
    for document in sorted(LIBRARY.iterdir()):
        if document.is_file():
            text = _LINK_TARGET.sub("]", document.read_text("utf-8", errors="replace"))
            shared = own & runs(WORD.findall(text))
            assert not shared, f"{document.name}: {sorted(' '.join(run) for run in shared)}"

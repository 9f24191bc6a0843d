"""The documents of ``shared/library`` come out as ``shared/taxonomy/documents.csv`` says."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.model import BlockKind, Document, SectionKind
from corpus.passages import cut_passages
from corpus.readers.formats import read_document
from corpus.records.record import BUNDLED, find_work

EIRAS = "eiras-2024-open-source-generative-ai.md"
CRITICAL = "essay-critical-analysis-open-fms.md"
SOCIETAL = "essay-societal-impact-open-models.md"
BLOG = "blog-open-source-llms.md"
SAVED = "seger-2023-paper-page.txt"


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[str, Document]:
    return {path.name: read_document(path) for path in sorted((shared / "library").iterdir())}


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / "taxonomy" / "documents.csv").open(encoding="utf-8", newline="") as file:
        return {row["document"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", [EIRAS, CRITICAL, SOCIETAL, BLOG, SAVED])
def test_title_year_and_kind_are_as_told(documents, expected, name: str) -> None:
    record, row = documents[name].record, expected[name]
    assert record.title == row["title"]
    assert str(record.year or "") == row["year"]
    assert documents[name].kind == row["kind"]


@pytest.mark.parametrize("name", [CRITICAL, SOCIETAL, BLOG, SAVED])
def test_authors_are_those_that_the_file_names(documents, expected, name: str) -> None:
    assert "; ".join(author.display for author in documents[name].record.authors) == expected[name]["authors"]


def test_the_header_of_the_arxiv_page_is_metadata_and_no_text(documents) -> None:
    paper = documents[EIRAS]
    assert paper.record.arxiv == "2404.17047"
    assert paper.record.url == "https://arxiv.org/html/2404.17047"
    assert paper.origins["title"].source == "page header"
    assert "URL Source" not in paper.text and "Markdown Content" not in paper.text


def test_the_authors_of_the_arxiv_page_are_completed_by_its_identifier(documents) -> None:
    paper = documents[EIRAS]
    work = find_work(arxiv="2404.17047")
    assert work is not None
    assert len(paper.record.authors) == 24
    assert paper.record.authors == work.authors
    assert paper.origins["authors"].source == BUNDLED


def test_an_essay_under_a_known_papers_title_is_not_completed(documents) -> None:
    essay = documents[CRITICAL]
    work = find_work(arxiv="2403.07918")
    assert work is not None and essay.record.title == work.title
    assert essay.record.authors == () and essay.record.year is None and essay.record.arxiv == ""
    assert all(origin.source != BUNDLED for origin in essay.origins.values())


def test_damage_is_repaired_where_it_can_be_and_reported_where_not(documents) -> None:
    essay = documents[CRITICAL]
    first, second = [essay.text[b.start : b.end] for b in essay.blocks if b.kind is BlockKind.HEADING]
    assert first == "🧠📄 On the Societal Impact of Open Foundation Models"
    assert second == "âœï¸📘 Chapter 4: Training Data"
    (damage,) = essay.damages
    assert essay.text[damage.start : damage.end] == damage.text == "âœï¸"


def test_the_other_documents_are_whole(documents) -> None:
    assert not any(document.damages for name, document in documents.items() if name != CRITICAL)


def test_the_furniture_of_the_saved_page_is_gone(documents) -> None:
    text = documents[SAVED].text
    for furniture in ("Comments (0)", "Get AI-generated", "Current paper", "Display is limited", "et al.", "Actions"):
        assert furniture not in text
    assert text.startswith("This paper evaluates the risks and benefits")
    assert text.endswith("where safe.")


def test_every_row_of_the_wide_table_has_all_its_columns(documents) -> None:
    paper = documents[EIRAS]
    tables = [paper.text[b.start : b.end].split("\n") for b in paper.blocks if b.kind is BlockKind.TABLE]
    figures, classes = tables
    assert len(figures) == 42
    models = classes[3:]
    assert len(models) == 40
    assert {len(row.split(" | ")) for row in models} == {13}


def test_references_and_mentions_of_the_paper_are_found(documents) -> None:
    paper = documents[EIRAS]
    assert len(paper.references) > 150
    resolved = [mention for mention in paper.mentions if mention.reference is not None]
    assert len(resolved) > 0.95 * len(paper.mentions) > 150


def test_references_stay_out_of_the_passages(documents) -> None:
    paper = documents[EIRAS]
    passages = cut_passages(paper, lambda texts: [len(text.split()) for text in texts], 150)
    (listed,) = [section for section in paper.sections if section.kind is SectionKind.REFERENCES]
    assert not any(p.start < listed.end and p.end > listed.start for p in passages)


def test_the_sections_of_the_paper_are_told_apart(documents) -> None:
    sections = documents[EIRAS].sections
    kinds = {section.title: section.kind for section in sections}
    assert kinds["Abstract"] is SectionKind.ABSTRACT
    assert kinds["4.4 Safety"] is SectionKind.BODY
    assert kinds["B.1 Open-source GenAI Governance"] is SectionKind.APPENDIX
    path = next(section.path for section in sections if section.title == "4.4 Safety")
    assert [part.split()[0] for part in path] == ["4", "4.4"]


def test_links_of_an_essay_point_at_their_words(documents) -> None:
    essay = documents[SOCIETAL]
    words = {essay.text[link.start : link.end]: link.target for link in essay.links}
    assert words["Hazell, 2023"] == "https://arxiv.org/pdf/2305.06972v1.pdf"
    assert len(words) == 4


def test_they_can_all_be_added_and_asked(shared_library) -> None:
    library, report = shared_library
    assert sorted({item.status for item in report.items}) == ["added"]
    assert [item.path.rsplit("/", 1)[-1] for item in report.items] == sorted([EIRAS, CRITICAL, SOCIETAL, BLOG, SAVED])
    (best, *_) = library.retriever.search("What does the EU AI Act demand of open models?", 3)
    assert best.passage.heading == "B.1.1 The EU AI Act"
    damaged = [item for item in report.items if item.reason]
    assert [Path(item.path).name for item in damaged] == [CRITICAL]
    assert "âœï¸" in damaged[0].reason


def test_no_input_of_the_model_is_cut(shared_library) -> None:
    library, _ = shared_library
    texts = [
        library.ingest._queue._input(passage)
        for line in library.store.summaries()
        for passage in library.store.passages_of(line.document_id)
    ]
    assert max(library.ingest._tokens.count(texts)) + 2 <= library.embedder.model.max_tokens

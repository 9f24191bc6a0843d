"""What a text says of a model's openness, beside the cell."""

from __future__ import annotations

import pytest

from assistant.taxonomy import Taxonomy
from assistant.taxonomy.contradictions import contradictions, statements
from assistant.workspace import Workspace
from corpus.model import Span

TAXONOMY = Taxonomy.load()


def said(text: str) -> list[tuple[str, str, str, str]]:
    found = statements(text, [Span(0, len(text))], TAXONOMY)
    return [(item.model, item.component, item.claim, item.verdict) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-3 is the best-known open-source LLM.", [("GPT-3", "weights", "open", "contradicts")]),
        ("The most famous open-source LLM is GPT-3 (a transformer).", [("GPT-3", "weights", "open", "contradicts")]),
        ("GPT-4 is not open source.", [("GPT-4", "weights", "closed", "agrees")]),
        ("The weights of Mistral-7B are closed.", [("Mistral-7B", "weights", "closed", "contradicts")]),
        ("Claude, a proprietary model, does well.", [("Claude", "weights", "closed", "agrees")]),
        ("BLOOM's training data are publicly available.", [("BLOOM", "pretraining_data", "open", "unclear")]),
        ("Falcon is an open-source model.", [("Falcon", "weights", "open", "agrees")]),
        ("LLaMA-2 is open source.", [("LLaMA-2", "weights", "open", "unclear")]),
        (
            "Open-source models such as Pythia and GPT-4 are cheap.",
            [("Pythia", "weights", "open", "agrees"), ("GPT-4", "weights", "open", "contradicts")],
        ),
        (
            "PaLM is closed, while T5 is open.",
            [("PaLM", "weights", "closed", "agrees"), ("T5", "weights", "open", "agrees")],
        ),
    ],
)  # fmt: skip
def test_statements_are_set_beside_the_cell(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Is GPT-3 open source?",
        "If GPT-4 were open source, much would change.",
        "Unlike the open-source GPT-3, others are closed.",
        "GPT-4 should be open.",
        "OPT opened the field.",
        "GPT-5 is open source.",
        "The falcon is open to suggestions.",
        "GPT-4 was compared with open models.",
        "Open models are cheaper than GPT-4.",
    ],
)
def test_what_is_no_statement_of_the_text(text: str) -> None:
    assert not [item for item in said(text) if item[3] == "contradicts"]


def test_both_sides_are_quoted_and_dated() -> None:
    text = "Before. GPT-3 is an open-source model. After."
    found = contradictions(text, [Span(0, 7), Span(8, 38), Span(39, len(text))], TAXONOMY)
    (data,) = [item.as_json() for item in found]
    assert text[data["start"] : data["end"]] == data["document_says"] == "GPT-3 is an open-source model."
    assert "D2" in data["table_says"] and "paid API" in data["table_says"]
    assert "28 December 2023" in data["source"] and "Table 3, row GPT-3" in data["source"]


def test_contradictions_of_a_library(tmp_path, write, embedder) -> None:
    right = write("right.md", "# Right\n\nPythia is an open-source model. Claude is proprietary.\n")
    wrong = write("wrong.md", "# Wrong\n\nMany models exist. Gemini is an open-source model by Google.\n")
    with Workspace.open(tmp_path / "library", embedder=embedder) as workspace:
        workspace.add([right, wrong])
        found = [(stored.name, statement.model) for stored, statement in workspace.contradictions()]
        assert found == [("Wrong", "Gemini")]
        identities = {item.name: item.document_id for item in workspace.documents()}
        assert not list(workspace.contradictions([identities["Right"]]))


def test_the_statement_of_the_shared_blog_post_is_found(shared_library) -> None:
    library, _ = shared_library
    found = [
        (stored.source.path, statement)
        for summary in library.store.summaries()
        for stored in [library.store.get(summary.document_id)]
        for statement in contradictions(stored.document.text, stored.document.sentences, TAXONOMY)
    ]
    assert [(statement.model, statement.cell.raw) for path, statement in found if "blog" in path] == [("GPT-3", "D2")]
    assert all("blog" in path for path, _ in found)

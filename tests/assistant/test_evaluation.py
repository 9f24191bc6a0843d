""""""

import json

import pytest

from assistant.evaluation import evaluate, read_expected
from assistant.workspace import Workspace
from corpus.errors import ReadError, UnknownDocument

ONE = "# Jumps\n\nThe longest jump of a quokka was 87 centimetres, measured with a ruler.\n"
TWO = "# Cakes\n\nA plum cake needs flour, butter and plums, and rests for an hour.\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("evaluating")
    for name, text in (("one.md", ONE), ("two.md", TWO)):
        (folder / name).write_text(text, "utf-8")
    with Workspace.open(folder / "library", embedder=embedder) as opened:
        assert not opened.add([folder / "one.md", folder / "two.md"]).failed
        yield opened


def ranks(workspace, tmp_path, *rows: dict[str, object]) -> list[int | None]:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return [outcome.rank for outcome in evaluate(workspace, read_expected(path)).outcomes]


def test_places_are_looked_for(workspace, tmp_path) -> None:
    jumps = workspace.documents()[0]
    question = "How far can a quokka jump?"
    assert ranks(
        workspace,
        tmp_path,
        {"question": question, "document": jumps.key},
        {"question": question, "document": jumps.path},
        {"question": question, "document": workspace.documents()[1].document_id},
        {"question": question, "quote": "the LONGEST jump of a quokka was 87 centimetres"},
        {"question": question, "quote": "the longest jump of a kangaroo was nine metres"},
        {"question": question, "document": jumps.key, "quote": "plum cake needs flour"},
        {"question": question, "document": jumps.key, "page": 1},
    ) == [1, 1, 2, 1, None, None, None]


def test_figures_are_shares_and_means(workspace, tmp_path) -> None:
    path = tmp_path / "q.csv"
    path.write_text('question,quote,page\n"quokka, jump",87 centimetres,\nplum cake,no such words,\n', "utf-8-sig")
    result = evaluate(workspace, read_expected(path)).as_json()
    assert (result["questions"], result["hit@1"], result["hit@5"], result["mrr"]) == (2, 0.5, 0.5, 0.5)
    assert [outcome["line"] for outcome in result["outcomes"]] == [2, 3]
    assert result["outcomes"][1]["first"].startswith(workspace.documents()[1].key)


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("q.jsonl", "", "holds no questions"),
        ("q.jsonl", "{", "no JSON"),
        ("q.jsonl", "[1]", "no question"),
        ("q.jsonl", '{"question": "what?"}', "needed"),
        ("q.jsonl", '{"document": "x"}', "needed"),
        ("q.csv", "a,b\n1,2\n", "no column"),
        ("q.csv", "question,document\n", "holds no questions"),
        ("none.csv", None, "cannot be read"),
    ],
)
def test_files_that_say_too_little_are_refused(tmp_path, name: str, content: str | None, cause: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(ReadError, match=cause):
        read_expected(path)


def test_an_unknown_document_is_named(workspace, tmp_path) -> None:
    with pytest.raises(UnknownDocument, match="nowhere, line 1"):
        ranks(workspace, tmp_path, {"question": "what?", "document": "nowhere"})

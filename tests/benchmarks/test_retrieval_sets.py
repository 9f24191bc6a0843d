import json
from pathlib import Path

import pytest

from benchmarks import evaluation, retrieval
from benchmarks.retrieval_sets import document_names, read_questions
from corpus.errors import ReadError

CORPUS = [
    {"_id": "a/b c#1", "title": "Quokkas", "text": "Quokkas feed in the two hours after sunset."},
    {"_id": 7, "title": None, "text": "Quokkas feed in the two hours after sunset."},
    {"_id": "文1", "title": "夜行动物", "text": "短尾矮袋鼠在日落后两小时内进食。"},
    {"_id": "wages", "title": "", "text": "The wages of park rangers have risen."},
    {"_id": "nothing", "title": "", "text": ""},
]
QUERIES = [
    {"_id": "q 1", "text": "When do quokkas feed?"},
    {"_id": 2, "text": "短尾矮袋鼠进食", "paper_title": None},
    {"_id": "unjudged", "text": "rangers"},
    {"_id": "nought", "text": "rangers"},
]


def _set(folder: Path, judgements: str, name: str = "qrels/test.tsv", end: str = "\n") -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    for file, rows in (("corpus.jsonl", CORPUS), ("queries.jsonl", QUERIES)):
        lines = (json.dumps(row, ensure_ascii=False) + end for row in rows)
        (folder / file).write_text("".join(lines), "utf-8", newline="")
    (folder / name).write_text(judgements.replace("\n", end), "utf-8", newline="")
    return folder


JUDGED = "q 1\ta/b c#1\t3\nq 1\t7\t1\nq 1\twages\t0\n2\t文1\t2\nnought\twages\t0\nq 1\tnowhere\t-1\n"
TREC = JUDGED.replace("\t3\n", "\t3.0\n").replace("q 1\t", "q 1\t0\t")
HEAD = "query-id\tcorpus-id\tscore\n"


@pytest.mark.parametrize("name", ["qrels.tsv", "qrels/test.tsv"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text", [JUDGED, HEAD + JUDGED, JUDGED.replace("\t3\n", "\t3.0\n").replace("q 1\t", "q 1\t0\t")]
)
def test_judgements_with_and_without_a_head_where_beir_puts_them(tmp_path, name, end, text) -> None:
    questions = read_questions(_set(tmp_path, text, name, end))
    assert [(q.identity, q.text) for q in questions] == [("q 1", "When do quokkas feed?"), ("2", "短尾矮袋鼠进食")]
    assert questions[0].judged == {"a/b c#1": 3, "7": 1, "wages": 0, "nowhere": 0}


def test_documents_keep_the_id_that_the_set_gives_them(tmp_path) -> None:
    folder = _set(tmp_path, JUDGED)
    assert set(document_names(folder).values()) == {"a/b c#1", "7", "文1", "wages", "nothing"}


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("qrels/test.tsv", None, "There are no judgements: .*qrels/test.tsv"),
        ("qrels/test.tsv", JUDGED + "one two three\n", "no judgement: .*test.tsv, line 7"),
        ("qrels/test.tsv", HEAD, "No query of the set has a relevant document"),
        ("queries.jsonl", None, "cannot be read .*queries.jsonl"),
        ("queries.jsonl", '{"_id": "1"}\n{', "no query: .*queries.jsonl, line 2"),
        ("corpus.jsonl", None, "has no documents: .*corpus.jsonl"),
    ],
)
def test_what_is_no_set_is_named_with_its_place(tmp_path, file, content, message) -> None:
    folder = _set(tmp_path, JUDGED)
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_text(content, "utf-8")
    with pytest.raises(ReadError, match=message):
        read_questions(folder)
        document_names(folder)


def test_sets_of_one_name_are_kept_apart_and_measured_in_the_form_that_is_promised(
    tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(evaluation, "_BUILT", tmp_path / "built")
    first, second = _set(tmp_path / "one" / "same", HEAD + JUDGED), _set(tmp_path / "two" / "same", "2\twages\t1\n")
    (second / "corpus.jsonl").write_text('{"_id": "wages", "text": "日落后进食 rangers"}\n', "utf-8")
    monkeypatch.chdir(tmp_path / "one")
    monkeypatch.setattr("sys.argv", ["retrieval", "same/", str(second), str(first), "--json"])
    retrieval.main()
    results = json.loads(capsys.readouterr().out)
    assert list(results) == [str(first), str(second)]
    for stages in results.values():
        assert list(stages)[-1] == "full"
        assert all(list(values) == ["ndcg@10", "recall@5", "recall@10", "recall@100"] for values in stages.values())
    assert results[str(first)]["full"]["recall@5"] == 1.0
    assert results[str(second)]["full"] == dict.fromkeys(("ndcg@10", "recall@5", "recall@10", "recall@100"), 1.0)

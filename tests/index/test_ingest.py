import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import LibraryLocked, ModelError, UnknownDocument
from corpus.pdf.engine import PdfOptions
from corpus.store import database as database_module
from index.embedding import embedding_queue
from index.embedding.embedding_model import ModelChoice
from index.embedding.torch_embedder import LocalEmbedder
from index.reports import AddProgress

HOLD_LOCK = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
PARAGRAPH = "Paragraph {0} speaks of {1} at some length, and of nothing else that would matter to anybody here. " * 5
TOPICS = ("weights", "plums", "ferries", "ordinances", "gradients")


def article(topics: tuple[str, ...] = TOPICS) -> str:
    return "# An article\n\n" + "\n\n".join(
        f"## On {topic}\n\n{PARAGRAPH.format(number, topic)}" for number, topic in enumerate(topics)
    )


def statuses(report) -> list[str]:
    return [item.status for item in report.items]


def stop_when(condition: Callable[[AddProgress], bool]) -> dict[str, Callable]:
    """The options of an add that is cancelled as soon as its progress fulfils ``condition``."""
    stopped: list[AddProgress] = []

    def progress(at: AddProgress) -> None:
        if condition(at):
            stopped.append(at)

    return {"progress": progress, "cancelled": lambda: bool(stopped)}


def test_a_new_file_is_added_and_found(library, write, reading_processes) -> None:
    path = write("a.md", "---\ntitle: On Release\nauthor: Ann Lee\nyear: 2021\n---\n\nThe weights are public.\n")
    report = library.add(path)
    (item,) = report.items
    assert (item.status, item.title, item.authors, item.year) == ("added", "On Release", ("Ann Lee",), 2021)
    assert (item.path, item.passages, item.reason) == (str(path), 1, "")
    assert report.embedded == 1
    assert library.ingest.pending() == 0
    assert library.found("Are the parameters open?") == ["The weights are public."]


def test_an_unchanged_file_embeds_nothing(library, write) -> None:
    path = write("a.md", article())
    first = library.add(path)
    again = library.add(path)
    assert first.embedded == 5
    assert (statuses(again), again.embedded) == (["unchanged"], 0)
    assert again.items[0].document_id == first.items[0].document_id
    assert library.count("passages") == 5


def test_an_edited_file_keeps_its_id_and_embeds_only_what_changed(library, write) -> None:
    first = library.add(write("a.md", article()))
    edited = library.add(write("a.md", article(("weights", "plums", "bicycles", "ordinances", "gradients"))))
    assert (statuses(edited), edited.embedded) == (["updated"], 1)
    assert edited.items[0].document_id == first.items[0].document_id
    assert library.count("documents") == 1
    assert library.count("passages") == library.count("passage_texts") == 5
    assert "bicycles" in library.found("bicycles")[0]
    assert library.lexical.search("ferries", 5) == []
    assert not any("ferries" in text for text in library.found("ferries", 10))


TEN = tuple(f"{first} {second}" for first in ("red", "old") for second in TOPICS)


def passage_ids(library, identity: str) -> dict[str, int]:
    return {passage.text: passage.passage_id for passage in library.store.passages_of(identity)}


@pytest.mark.parametrize(
    ("edited", "new"),
    [
        ((*TEN[:4], "bicycles", *TEN[5:]), 1),
        (("bicycles", *TEN[1:]), 1),
        ((TEN[1], TEN[0], *TEN[2:]), 2),
        (TEN[:-2], 0),
        ((*TEN, "bicycles"), 1),
    ],
    ids=["one changed", "the first changed", "two swapped", "two taken out", "one more"],
)
def test_unchanged_passages_of_an_edited_file_keep_their_ids(library, write, embedder, edited, new) -> None:
    identity = library.add(write("a.md", article(TEN))).items[0].document_id
    before = passage_ids(library, identity)
    report = library.add(write("a.md", article(edited)))
    after = passage_ids(library, identity)
    assert len(before) == 10
    assert (report.embedded, len(after.keys() - before.keys())) == (new, new)
    assert all(after[text] == before[text] for text in after.keys() & before.keys())
    assert not {after[text] for text in after.keys() - before.keys()} & set(before.values())
    stored = library.store.get(identity).document
    for passage in library.store.passages_of(identity):
        assert stored.text[passage.start : passage.end] == passage.text
        vector = embedder.encode([f"An article\n{passage.heading}\n{passage.text}"])[0]
        assert library.dense.vectors([passage.passage_id])[passage.passage_id] == pytest.approx(vector, abs=1e-4)
    library.database.reader().execute("INSERT INTO passage_words(passage_words) VALUES ('integrity-check')")
    for topic in {*TEN, *edited}:
        found = {passage_id for passage_id, _ in library.lexical.search(topic, 20)}
        words = topic.split()
        assert found == {i for text, i in after.items() if any(f" {word} " in text for word in words)}
    assert library.dense.size() == len(after) == library.count("passage_texts")


def test_a_new_title_makes_every_passage_a_new_one(library, write) -> None:
    identity = library.add(write("a.md", article())).items[0].document_id
    before = passage_ids(library, identity)
    report = library.add(write("a.md", article().replace("# An article", "# Another one")))
    after = passage_ids(library, identity)
    assert report.embedded == 5
    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())
    assert len(library.lexical.search("another", 10)) == 5
    assert library.lexical.search("article", 10) == []


def test_a_file_that_moved_is_recognised(library, write) -> None:
    path = write("a.md", article())
    identity = library.add(path).items[0].document_id
    moved = path.with_name("elsewhere.md")
    path.rename(moved)
    report = library.add(moved)
    (item,) = report.items
    assert (item.status, item.document_id, report.embedded) == ("unchanged", identity, 0)
    assert "moved here from" in item.reason
    assert library.store.get(identity).source.path == str(moved)
    assert statuses(library.add(moved)) == ["unchanged"]


def test_a_copy_is_a_duplicate_now_and_later(library, write) -> None:
    first, copy, late = (write(name, "The same words twice.") for name in ("a.md", "b.md", "c.md"))
    report = library.add(first, copy)
    assert statuses(report) == ["added", "duplicate"]
    assert report.items[0].document_id == report.items[1].document_id
    report = library.add(late)
    assert statuses(report) == ["duplicate"]
    assert str(first) in report.items[0].reason
    assert library.count("documents") == 1


def test_a_copy_of_a_file_that_failed_has_failed_too(library, write) -> None:
    report = library.add(write("a.md", b""), write("b.md", b""))
    assert statuses(report) == ["failed", "failed"]


def test_one_text_is_embedded_once_however_often_it_stands(library, write) -> None:
    report = library.add(write("a.txt", "Same words."), write("b.txt", "Same words.\n"))
    assert statuses(report) == ["added", "added"]
    assert report.embedded == 1
    assert library.found("same words") == ["Same words.", "Same words."]


def test_a_removed_document_leaves_nothing_to_be_found(library, write, embedder) -> None:
    library.add(write("a.md", article()), write("b.md", "Only plums here."))
    (long,) = [line.document_id for line in library.store.summaries() if line.passages == 5]
    library.ingest.remove([long])
    assert library.count("documents") == library.count("passages") == library.count("passage_texts") == 1
    assert library.lexical.search("ferries", 5) == []
    assert len(library.dense.search(embedder.encode(["ferries"]), 10)) == 1
    assert library.found("ferries", 10) == ["Only plums here."]
    library.database.reader().execute("INSERT INTO passage_words(passage_words) VALUES ('integrity-check')")
    vocabulary = {row[0] for row in library.database.reader().execute("SELECT term FROM terms")}
    assert "ferri" not in vocabulary
    assert library.dense.size() == 1


def test_a_document_that_was_removed_may_be_added_again_without_embedding(library, write) -> None:
    path = write("a.md", article())
    identity = library.add(path).items[0].document_id
    library.ingest.remove([identity])
    assert library.found("weights") == []
    report = library.add(path)
    assert (statuses(report), report.embedded, report.items[0].document_id) == (["added"], 0, identity)
    assert "weights" in library.found("weights")[0]


def test_removing_what_is_not_there_removes_nothing(library, write) -> None:
    identity = library.add(write("a.md", "Text.")).items[0].document_id
    with pytest.raises(UnknownDocument):
        library.ingest.remove([identity, "absent"])
    assert library.count("documents") == 1


def test_what_fails_is_reported_and_the_rest_is_added(library, write, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    good = write("good.md", "Good text.")
    bad = [
        write("empty.md", b""),
        write("garbage.txt", bytes(range(256)) * 20),
        write("garbage.pdf", bytes(range(256)) * 21),
        write("a.docx", b"PK\x03\x04 and so on"),
        tmp_path / "absent.md",
        tmp_path / "bare",
    ]
    report = library.add(*bad, good)
    found = {item.path: item for item in report.items}
    assert found[str(good)].status == "added"
    for path in bad:
        assert found[str(path)].status == "failed", path
        assert found[str(path)].reason.endswith(".")
    assert len(report.failed) == len(bad)
    assert library.count("documents") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_closed_file_fails_alone(library, write) -> None:
    closed = write("closed.md", "text")
    closed.chmod(0)
    assert sorted(statuses(library.add(closed, write("open.md", "text too")))) == ["added", "failed"]


def test_a_refused_permission_fails_alone(library, write, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, opened = write("closed.md", "text"), write("open.md", "text too")
    as_it_is = Path.open

    def refuse(self: Path, *arguments, **options):
        if self.name == "closed.md":
            raise PermissionError(13, "Permission denied", str(self))
        return as_it_is(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    report = library.add(closed, opened)
    assert {item.path: item.status for item in report.items} == {str(closed): "failed", str(opened): "added"}
    assert "may not be read" in report.failed[0].reason


def test_damage_is_reported_with_the_file(library, write) -> None:
    (item,) = library.add(write("a.md", "## âœï¸ Notes\n\nText.\n")).items
    assert item.status == "added"
    assert "âœï¸" in item.reason


def test_progress_counts_up_to_the_end(library, write) -> None:
    seen: list[AddProgress] = []
    library.add(*(write(f"{n}.md", f"Text number {n}.") for n in range(3)), progress=seen.append)
    reading = [(at.done, at.total) for at in seen if at.stage == "reading"]
    embedding = [(at.done, at.total) for at in seen if at.stage == "embedding"]
    assert reading == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert embedding == [(0, 3), (3, 3)]


def test_a_stop_while_reading_keeps_what_was_read_and_the_next_add_does_the_rest(
    library, write, reading_processes
) -> None:
    paths = [write(f"{n}.md", f"Text number {n}.") for n in range(12)]
    report = library.add(*paths, **stop_when(lambda at: at.stage == "reading" and at.done == 2))
    kept = library.count("documents")
    assert report.cancelled
    assert 2 <= kept == statuses(report).count("added") < 12
    assert library.ingest.pending() == kept
    rest = library.add(*paths)
    assert not rest.cancelled
    assert sorted(statuses(rest)) == ["added"] * (12 - kept) + ["unchanged"] * kept
    assert rest.embedded == 12
    assert library.ingest.pending() == 0
    assert len(library.found("text", 20)) == 12


def test_a_stop_while_embedding_keeps_finished_batches_and_the_next_add_does_the_rest(
    library, write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_queue, "_TEXTS_PER_COMMIT", 2)
    path = write("a.md", article())
    report = library.add(path, **stop_when(lambda at: at.stage == "embedding" and at.done == 2))
    assert (report.cancelled, report.embedded, statuses(report)) == (True, 2, ["added"])
    assert library.ingest.pending() == 3
    assert len(library.dense.search(library.embedder.encode(["weights"]), 10)) == 2
    assert len(library.found("paragraph", 10)) == 5  # words find what has no vector yet
    rest = library.add(path)
    assert (rest.cancelled, rest.embedded, statuses(rest)) == (False, 3, ["unchanged"])
    assert library.ingest.pending() == 0


def test_a_stop_before_anything_adds_nothing(library, write) -> None:
    report = library.add(write("a.md", "Text."), cancelled=lambda: True)
    assert (report.cancelled, report.items, library.count("documents")) == (True, [], 0)


def test_what_was_read_is_kept_when_the_model_fails(open_library, write, tmp_path: Path, other_embedder) -> None:
    folder = shutil.copytree(other_embedder.model.folder, tmp_path / "broken")
    (folder / "model.safetensors").write_bytes(b"no weights")
    broken = open_library(embedder=LocalEmbedder(ModelChoice("broken", Path(folder), bundled=False)))
    path = write("a.md", "Text that was read.")
    with pytest.raises(ModelError, match="cannot be loaded"):
        broken.add(path)
    assert broken.ingest.pending() == broken.count("documents") == 1
    broken.database.close()
    whole = open_library()
    assert (statuses(whole.add(path)), whole.ingest.pending()) == (["unchanged"], 0)


def test_two_models_never_mix(open_library, write, embedder, other_embedder) -> None:
    first = open_library()
    path = write("a.md", article())
    first.add(path)
    expected = first.dense.search(embedder.encode(["plums"]), 5)

    second = open_library(embedder=other_embedder)
    assert second.ingest.pending() == 5
    assert second.dense.search(other_embedder.encode(["plums"]), 5) == []
    report = second.add(path)
    assert (statuses(report), report.embedded) == (["unchanged"], 5)
    assert len(second.dense.search(other_embedder.encode(["plums"]), 5)) == 5

    third = open_library()
    assert third.add(path).embedded == 0  # the first model's vectors are still there
    found = third.dense.search(embedder.encode(["plums"]), 5)
    assert [passage_id for passage_id, _ in found] == [passage_id for passage_id, _ in expected]
    assert np.allclose([score for _, score in found], [score for _, score in expected], atol=1e-5)


def test_a_library_made_anew_does_not_meet_the_vectors_of_the_old_one(open_library, write) -> None:
    old = open_library()
    old.add(write("a.md", article()))
    old.database.close()
    for path in old.folder.glob("library.db*"):
        path.unlink()
    new = open_library()
    new.add(write("b.md", article(("bicycles", "trams", "buses", "carts", "skates"))))
    question = new.embedder.encode(["trams"])
    best = new.dense.search(question, 5)[0][0]
    assert "trams" in new.store.passages([best])[best].text


def test_another_process_that_writes_is_waited_for_and_then_named(
    open_library, write, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library().database.close()
    monkeypatch.setattr(database_module, "_LOCK_SECONDS", 0.1)
    library = open_library()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(library.folder / "library.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None and other.stdin is not None
        other.stdout.readline()
        with pytest.raises(LibraryLocked):
            library.add(write("a.md", "Text."))
        other.stdin.close()
    assert statuses(library.add(write("a.md", "Text."))) == ["added"]


def test_a_second_opening_sees_what_the_first_one_adds_and_removes(open_library, write) -> None:
    first, second = open_library(), open_library()
    identity = first.add(write("a.md", "Plums and butter.")).items[0].document_id
    assert second.found("plums") == ["Plums and butter."]
    first.add(write("b.md", "Ferries and boats."))
    assert second.found("ferries")[0] == "Ferries and boats."
    first.ingest.remove([identity])
    assert second.found("plums") == ["Ferries and boats."]


def test_the_json_of_a_report_has_the_keys_of_the_contract(library, write) -> None:
    data = json.loads(json.dumps(library.add(write("a.md", "Text.")).as_json()))
    assert {"items", "embedded", "seconds"} <= data.keys()
    assert list(data["items"][0]) == [
        "path",
        "status",
        "document_id",
        "title",
        "authors",
        "year",
        "pages",
        "pages_failed",
        "passages",
        "references",
        "reason",
    ]


def test_no_passage_with_what_stands_before_it_exceeds_the_model(library, write) -> None:
    heading = "A heading that goes on and on about unbelievably many things, naïvely put " * 3
    library.add(
        write("a.md", f"---\ntitle: {heading}\n---\n\n## {heading}\n\n" + "Wörter über Wörter, 2005.14165! " * 300)
    )
    queue = library.ingest._queue
    (document,) = library.store.summaries()
    texts = [queue._input(passage) for passage in library.store.passages_of(document.document_id)]
    assert len(texts) > 5
    assert max(library.ingest._tokens.count(texts)) + 2 <= library.embedder.model.max_tokens


def test_a_model_that_reads_too_little_is_refused(open_library, tmp_path: Path, other_embedder) -> None:
    folder = Path(shutil.copytree(other_embedder.model.folder, tmp_path / "short"))
    (folder / "sentence_bert_config.json").write_text('{"max_seq_length": 64}')
    with pytest.raises(ModelError, match=r"only 64 tokens.*at least 86"):
        open_library(embedder=LocalEmbedder(ModelChoice("short", folder, bundled=False)))


def collection(**texts: str) -> str:
    return "".join(
        json.dumps({"_id": name, "title": f"On {name}", "text": text}) + "\n" for name, text in texts.items()
    )


def test_each_line_of_a_collection_is_added(library, write, reading_processes) -> None:
    path = write("c.jsonl", collection(plums="Plums are ripe.", ferries="Ferries are late.") + "{broken\n")
    report = library.add(path)
    assert sorted(statuses(report)) == ["added", "added", "failed"]
    assert {item.path for item in report.items} == {f"{path}#plums", f"{path}#ferries", f"{path}, line 3"}
    assert library.found("Which fruit can be eaten?", limit=1) == ["Plums are ripe."]
    assert library.store.get(f"{path}#ferries").document.record.title == "On ferries"


def test_unchanged_lines_cost_nothing_and_an_edited_one_keeps_its_id(library, write) -> None:
    first = library.add(write("c.jsonl", collection(plums="Plums are ripe.", ferries="Ferries are late.")))
    path = write("c.jsonl", collection(new="News.", ferries="Ferries are early.", plums="Plums are ripe."))
    again = library.add(path)
    found = {item.path.rpartition("#")[2]: item for item in again.items}
    assert {name: item.status for name, item in found.items()} == {
        "new": "added",
        "ferries": "updated",
        "plums": "unchanged",
    }
    assert again.embedded == 2
    assert {item.document_id for item in first.items} < {item.document_id for item in again.items}


def test_a_moved_collection_is_recognised(library, write) -> None:
    path = write("c.jsonl", collection(plums="Plums are ripe."))
    (before,) = library.add(path).items
    (after,) = library.add(path.rename(path.with_name("d.jsonl"))).items
    assert (after.status, after.document_id) == ("unchanged", before.document_id)
    assert library.store.get(before.document_id).source.path == f"{path.with_name('d.jsonl')}#plums"


def test_a_password_opens_a_protected_file(library, write) -> None:
    import io

    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    names = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F"): names})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = StreamObject()
    content.set_data(b"BT /F 10 Tf 72 700 Td (A guarded page speaks of plums and of ferries.) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.encrypt("secret", "owner", algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    path = write("guarded.pdf", target.getvalue())
    (item,) = library.ingest.add([path]).items
    assert (item.status, "--password" in item.reason) == ("failed", True)
    (item,) = library.ingest.add([path], pdf=PdfOptions(password="secret")).items
    assert item.status == "added"


def test_a_new_file_under_the_name_of_a_moved_one_is_a_document_of_its_own(library, write) -> None:
    path = write("a.md", "# Plums\n\nPlums are ripe.\n")
    (before,) = library.add(path).items
    moved = path.rename(path.with_name("b.md"))
    write("a.md", "# Ferries\n\nFerries are late.\n")
    found = {item.path: item for item in library.add(path.parent).items}
    assert (found[str(moved)].status, found[str(moved)].document_id) == ("unchanged", before.document_id)
    assert found[str(path)].status == "added"
    assert library.store.get(before.document_id).document.record.title == "Plums"


def test_files_that_swap_their_names_keep_their_ids(library, write) -> None:
    one, two = write("a.md", "# Plums\n\nPlums are ripe.\n"), write("b.md", "# Ferries\n\nFerries are late.\n")
    before = {item.path: item.document_id for item in library.add(one.parent).items}
    one.rename(spare := one.with_name("c.md"))
    two.rename(one)
    spare.rename(two)
    report = library.add(one.parent)
    assert {item.status for item in report.items} == {"unchanged"}
    after = {item.path: item.document_id for item in report.items}
    assert after == {str(one): before[str(two)], str(two): before[str(one)]}


@pytest.mark.parametrize(("name", "status"), [("a.md", "unchanged"), ("b.md", "duplicate")])
def test_what_another_process_has_added_meanwhile_is_not_added_again(library, write, name: str, status: str) -> None:
    path = write("a.md", "# Plums\n\nPlums are ripe.\n")
    other = write(name, path.read_bytes())
    done: list[str] = []

    def meanwhile(_: object) -> None:
        if not done:
            done.append("begun")
            library.ingest.add([path])

    (item,) = library.ingest.add([other], progress=meanwhile).items
    assert item.status == status
    assert len(library.store.summaries()) == 1


def test_what_is_embedded_is_not_looked_through_again(library, write) -> None:
    library.add(write("a.md", article()))
    last = library.database.reader().execute("SELECT max(passage_id) FROM passage_texts").fetchone()[0]
    name = f"embedded {library.embedder.model.fingerprint}"
    row = library.database.reader().execute("SELECT value FROM index_state WHERE name = ?", (name,)).fetchone()
    assert int(row[0]) == last
    # A text that waits below that mark cannot be: so it is not even seen.
    library.database.reader().execute("DELETE FROM embeddings WHERE text_hash IN (SELECT text_hash FROM passage_texts)")
    assert library.ingest.pending() == 0

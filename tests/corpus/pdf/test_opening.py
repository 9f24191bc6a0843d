"""A page that takes too long, or takes its process with it, costs only itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from typeset import Sheet, typeset, write

from corpus.model import Document
from corpus.pdf.opening import PageWatch
from corpus.readers import workers as pool
from corpus.readers.pdf import read_pdf

SHEETS = [
    Sheet().put("The first of three pages is in order."),
    Sheet(),
    Sheet().put("The third of three pages is in order."),
]
EMPTY = b"<<  /Length 0 >>\nstream\n\nendstream"


def with_bomb(content: bytes) -> bytes:
    data = typeset(SHEETS)
    assert data.count(EMPTY) == 1
    return data.replace(EMPTY, b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")


# The alarm may ring while the interpreter runs a callback that swallows it; it is made to ring again after that.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_whose_time_is_up_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    read_pdf(
        write(tmp_path / "first.pdf", typeset(SHEETS))
    )  # what the first page ever read has to import is not its own
    path = write(tmp_path / "a.pdf", with_bomb(b"BT /F 9 Tf (a) Tj ET " * 200_000))
    reading = read_pdf(path, watch=PageWatch(seconds=0.5))
    assert reading.pages_failed == (2,)
    assert "The first of three" in reading.text
    assert "The third of three" in reading.text


def test_a_page_to_leave_out_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", typeset([SHEETS[0], SHEETS[2]]))
    reading = read_pdf(path, watch=PageWatch(skipped=[1]))
    assert reading.pages_failed == (1,)
    assert reading.text == "The third of three pages is in order."


def test_a_page_is_noted_while_it_is_read_and_none_afterwards(tmp_path: Path) -> None:
    watch = PageWatch(trace=tmp_path / "page")
    with watch.over(7):
        assert (tmp_path / "page").read_text() == "7"
    watch.finished()
    assert (tmp_path / "page").read_text() == ""


def test_a_page_that_kills_its_worker_is_left_out_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dying_worker.py").write_text(
        "import os, signal\n"
        "from corpus.pdf.opening import PageWatch\n"
        "from corpus.processes import serve\n"
        "from corpus.readers.workers import answer\n"
        "over = PageWatch.over\n"
        "def deadly(self, number):\n"
        "    context = over(self, number)\n"
        "    if number == 2 and 2 not in self._skipped:\n"
        "        context.__enter__()\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return context\n"
        "PageWatch.over = deadly\n"
        "serve(answer)\n"
    )
    root = Path(pool.__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{root}")
    monkeypatch.setattr(pool, "_WORKER", "dying_worker")
    path = write(tmp_path / "a.pdf", typeset([SHEETS[0], SHEETS[0], SHEETS[2]]))
    ((_, document),) = pool.read_all([path], cancelled=lambda: False, workers=1)
    assert isinstance(document, Document)
    assert document.pages_failed == (2,)
    assert "The third of three" in document.text

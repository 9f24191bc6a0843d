"""Child processes, with a real child that does as each request asks."""

import gc
import os
import threading
from collections.abc import Callable, Iterator

import pytest

from corpus.errors import Cancelled
from corpus.processes import Child, ChildDied, ChildTimeout

CHILD = """
import os, sys, time
from corpus.processes import serve

def handle(request, payload):
    match request["do"]:
        case "echo":
            return {"pid": os.getpid(), "text": request.get("text", "")}, payload
        case "print":
            print("a library talks to standard output")
            return {"done": True}, b""
        case "hang":
            time.sleep(600)
        case "exit":
            os._exit(3)
        case "raise":
            raise RuntimeError("a bug in the handler")
        case "garbage":
            os.write(OUT, b"Traceback (most recent call last): this is no frame at all")
            time.sleep(600)
        case "no json":
            os.write(OUT, bytes(7) + bytes([4]) + bytes(8) + b"{no}")
            time.sleep(600)
        case "half a frame":
            os.write(OUT, bytes(7) + bytes([200]) + bytes(8) + b"{")
            os._exit(0)

OUT = os.dup(1)
serve(handle)
"""


@pytest.fixture
def child(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    (tmp_path / "obedient_child.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    started = Child("obedient_child")
    yield started
    started.close()
    gc.collect()  # a process that was not waited for warns here


def stop_after(calls: int) -> Callable[[], bool]:
    """A question that is answered with no so many times, and with yes from then on."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


def pid(child: Child) -> int:
    return int(child.call({"do": "echo"})[0]["pid"])


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("payload", [b"", b"\x00\xff" * 100, os.urandom(3_000_000)], ids=["none", "small", "large"])
def test_a_request_comes_back_with_its_bytes(child: Child, payload: bytes) -> None:
    answer, returned = child.call({"do": "echo", "text": "naïve 📘 \ud835"}, payload)
    assert answer["text"] == "naïve 📘 \ud835"
    assert returned == payload


def test_one_process_answers_many_calls(child: Child) -> None:
    assert pid(child) == pid(child) != os.getpid()


def test_what_a_library_prints_does_not_spoil_the_frames(child: Child) -> None:
    assert child.call({"do": "print"})[0] == {"done": True}
    assert child.call({"do": "echo", "text": "next"})[0]["text"] == "next"


def test_no_answer_in_time_ends_the_child_and_the_next_call_starts_another(child: Child) -> None:
    first = pid(child)
    with pytest.raises(ChildTimeout):
        child.call({"do": "hang"}, timeout=0.2)
    assert not alive(first)
    assert pid(child) != first


@pytest.mark.parametrize("way", ["exit", "raise", "half a frame"])
def test_a_dead_child_is_reported_and_replaced(child: Child, way: str) -> None:
    first = pid(child)
    with pytest.raises(ChildDied, match="obedient_child"):
        child.call({"do": way})
    assert pid(child) != first


@pytest.mark.parametrize("way", ["garbage", "no json"])
def test_garbage_is_no_answer(child: Child, way: str) -> None:
    first = pid(child)
    with pytest.raises(ChildDied, match="garbage"):
        child.call({"do": way}, timeout=60)
    assert not alive(first)
    assert pid(child) != first


def test_cancelling_ends_the_child(child: Child) -> None:
    first = pid(child)
    with pytest.raises(Cancelled):
        child.call({"do": "hang"}, cancelled=stop_after(2))
    assert not alive(first)
    assert pid(child) != first


def test_a_module_that_does_not_exist_is_a_dead_child() -> None:
    child = Child("corpus.no_such_module")
    with pytest.raises(ChildDied, match="no_such_module"):
        child.call({})
    child.close()


def test_closing_ends_the_process_and_may_be_repeated(child: Child) -> None:
    first = pid(child)
    child.close()
    child.close()
    assert not alive(first)


@pytest.mark.parametrize("attempt", range(3))
def test_closing_from_another_thread_ends_a_call_that_waits(child: Child, attempt: int) -> None:
    """Also one that is only just starting its process, or waits for its turn."""
    ended: list[ChildDied] = []
    entered = threading.Barrier(4)

    def wait() -> None:
        entered.wait()
        try:
            child.call({"do": "hang"})
        except ChildDied as error:
            ended.append(error)

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    entered.wait()
    while any(thread.is_alive() for thread in threads):
        child.close()  # a call that had not begun yet is ended by the next round
        threads[attempt].join(0.01)
    assert len(ended) == 3


def test_calls_from_several_threads_each_get_their_own_answer(child: Child) -> None:
    answers: dict[str, str] = {}

    def ask(text: str) -> None:
        answers[text] = child.call({"do": "echo", "text": text})[0]["text"]

    threads = [threading.Thread(target=ask, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {str(n): str(n) for n in range(8)}


def test_a_file_of_the_users_in_the_current_folder_is_not_imported(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported a file of the current folder')")
    (tmp_path / "doc.md").write_text("Some text.")
    monkeypatch.chdir(tmp_path)
    reader = Child("corpus.readers.workers")
    answer, _ = reader.call({"path": "doc.md"})
    reader.close()
    assert answer["document"]["text"] == "Some text."

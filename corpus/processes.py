"""Child processes that answer requests over pipes.

Untrusted files are read, and the embedding model runs, outside the user interface's process. ``multiprocessing`` is not
used: it needs a real standard error, which a full-screen program does not have, and imports the main module again. A
frame is JSON, optionally followed by bytes; never a pickle, because the child has parsed a file of unknown origin.
"""

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from corpus.errors import Cancelled, LoccitError

__all__ = ["Child", "ChildDied", "ChildTimeout", "serve"]

_HEADER = struct.Struct(">QQ")
"""Lengths of the JSON and of the bytes after it."""
_LARGEST = 1 << 32
"""Maximum bytes of either part of a frame."""
_POLL_SECONDS = 0.1

Handler = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]


class ChildDied(LoccitError):
    """The child ended without a valid answer, for example out of memory or killed."""


class ChildTimeout(LoccitError):
    """The child did not answer in time and was killed."""


class Child:
    """One child running ``python -m MODULE``, started at the first call and again after it died.

    Calls from several threads are queued.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        # -P: a file index.py in the user's current folder must not be imported instead of the package.
        self._command = [sys.executable, "-P", "-m", module, *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._next = threading.Lock()
        """Held while waiting for ``_lock``, so that the calls of several threads alternate."""
        self._closings = 0
        """How often it was closed; calls that began before the last time end."""

    def call(
        self,
        request: dict[str, Any],
        payload: bytes = b"",
        *,
        timeout: float | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        """Send a request and wait for the answer.

        Raises:
            ChildTimeout: no answer within ``timeout`` seconds; the child is killed.
            ChildDied: the child ended first, was closed, or its answer was not a frame.
            Cancelled: ``cancelled()`` became true; the child is killed.
        """
        closings = self._closings

        def stopped() -> bool:
            if self._closings != closings:
                raise EOFError
            return cancelled is not None and cancelled()

        with self._turn():
            if self._closings != closings:
                raise ChildDied(f"The process {self._command[3]} was closed")
            process = self._started()
            assert process.stdin is not None
            try:
                _write_frame(process.stdin, request, payload)
                return self._receive(process, timeout, stopped)
            except (BrokenPipeError, EOFError) as error:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL_SECONDS)
                self._end()
                raise ChildDied(f"The process {self._command[3]} ended with code {process.returncode}") from error
            except ValueError as error:
                self._end()
                raise ChildDied(f"The process {self._command[3]} answered with garbage") from error
            except (ChildTimeout, Cancelled):
                self._end()
                raise

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        with self._next:
            self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    def close(self) -> None:
        """Kill the child and end waiting calls; a later call starts a new child."""
        self._closings += 1
        # The call that holds the lock may be starting a child, or be blocked by a full pipe.
        while not self._lock.acquire(timeout=_POLL_SECONDS):
            process = self._process
            if process is not None:
                process.kill()
        try:
            self._end()
        finally:
            self._lock.release()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # ctrl-c at the terminal goes to the parent, which kills its children itself
            )
        return self._process

    def _receive(
        self, process: subprocess.Popen[bytes], timeout: float | None, stopped: Callable[[], bool]
    ) -> tuple[dict[str, Any], bytes]:
        deadline = None if timeout is None else time.monotonic() + timeout

        def read(size: int) -> bytes:
            return self._read(process, size, deadline, stopped)

        json_size, payload_size = _HEADER.unpack(read(_HEADER.size))
        if max(json_size, payload_size) > _LARGEST:
            raise ValueError("no header of a frame")
        answer: dict[str, Any] = json.loads(read(json_size))
        return answer, read(payload_size)

    def _read(
        self, process: subprocess.Popen[bytes], size: int, deadline: float | None, stopped: Callable[[], bool]
    ) -> bytes:
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        data = bytearray()
        while len(data) < size:
            if stopped():
                raise Cancelled("Cancelled")
            if deadline is not None and time.monotonic() > deadline:
                raise ChildTimeout("No answer in time", place=self._command[3])
            if select.select([descriptor], [], [], _POLL_SECONDS)[0]:
                chunk = os.read(descriptor, min(size - len(data), 1 << 20))
                if not chunk:
                    raise EOFError
                data += chunk
        return bytes(data)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                # Closing flushes, which fails if the other side is closed.
                with contextlib.suppress(BrokenPipeError):
                    stream.close()


def serve(handler: Handler) -> None:
    """Answer frames from standard input until it closes, as the child.

    Only frames go to standard output; what libraries print goes to standard error.
    """
    frames_in, frames_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        head = frames_in.read(_HEADER.size)
        if len(head) < _HEADER.size:
            return
        json_size, payload_size = _HEADER.unpack(head)
        request = json.loads(frames_in.read(json_size))
        answer, payload = handler(request, frames_in.read(payload_size))
        _write_frame(frames_out, answer, payload)


def _write_frame(stream: BinaryIO | Any, message: dict[str, Any], payload: bytes) -> None:
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(_HEADER.pack(len(data), len(payload)))
    stream.write(data)
    stream.write(payload)
    stream.flush()

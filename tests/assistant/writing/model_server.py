"""A server on loopback that speaks the OpenAI protocol, well or in one of the ways in which servers break."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Reply", "serving"]

Reply = Callable[[dict[str, Any]], str]
"""From the request to what the model writes."""


def chunk(text: str, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    data = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(data).encode() + b"\n\n"


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        way = self.path.strip("/").split("/")[0]
        try:
            getattr(self, f"way_{way.replace('-', '_')}")(body)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()
        self.close_connection = True

    def way_v1(self, body: dict[str, Any]) -> None:
        text = self.server.reply(body)
        self._stream(chunk(text[n : n + 7]) for n in range(0, len(text), 7))
        self.wfile.write(chunk("", "stop") + b"data: [DONE]\n\n")

    def way_no_done(self, body: dict[str, Any]) -> None:
        self._stream([chunk(self.server.reply(body))])

    def way_nul(self, body: dict[str, Any]) -> None:
        text = self.server.reply(body).replace(" ", "\x00 \x1b[31m\x9b")
        self._stream([chunk(text), b"data: [DONE]\n\n"])

    def way_cut(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(chunk("Half an ans"))

    def way_endless(self, _: dict[str, Any]) -> None:
        self._stream(chunk("and so on ") for _ in iter(int, 1))

    def way_silent(self, _: dict[str, Any]) -> None:
        self._stream(())
        self.server.released.wait(20)

    def way_keepalive(self, _: dict[str, Any]) -> None:
        self._stream(())
        while not self.server.released.wait(0.02):
            self.wfile.write(b": still here\n\n")

    def way_drip(self, _: dict[str, Any]) -> None:
        self._stream(())
        while not self.server.released.wait(0.05):
            self.wfile.write(chunk("a"))

    def way_one_line(self, _: dict[str, Any]) -> None:
        self._stream(b"x" * 65536 for _ in iter(int, 1))

    def way_wrong_json(self, _: dict[str, Any]) -> None:
        self._stream([b'data: {"choices": "none", "x": [1\n\n'])

    def way_wrong_shape(self, _: dict[str, Any]) -> None:
        self._stream(
            [b'data: {"choices": [{"delta": null}, 7]}\n\n', b"data: [1, 2]\n\n", b'data: {"choices": null}\n\n']
        )

    def way_no_stream(self, _: dict[str, Any]) -> None:
        self._answer(200, b'{"choices": [{"message": {"content": "A text at once."}}]}')

    def way_page(self, _: dict[str, Any]) -> None:
        self._answer(200, b"<html><body>Log in, please</body></html>", "text/html")

    def way_error_event(self, _: dict[str, Any]) -> None:
        self._stream([b'data: {"error": {"message": "out of \\u001b[31mmemory"}}\n\n'])

    def way_redirect(self, _: dict[str, Any]) -> None:
        self.send_response(307)
        self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/v1/chat/completions")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def way_status(self, _: dict[str, Any]) -> None:
        self._answer(int(self.path.split("/")[2]), b'{"error": {"message": "no"}}')

    def _answer(self, status: int, body: bytes, media: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, pieces: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.released = threading.Event()
        self.hung_up = threading.Event()

    def url(self, way: str = "") -> str:
        return f"http://127.0.0.1:{self.server_port}/{f'{way}/' if way else ''}v1"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no error here."""


@contextmanager
def serving(reply: Reply) -> Iterator[_Server]:
    """A running server; its first word of the path says how it behaves."""
    server = _Server(reply)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()

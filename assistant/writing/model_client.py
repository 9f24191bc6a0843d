"""Client of a language model behind an OpenAI-compatible interface: messages in, streamed text or an error out.

Servers differ and break: some send no ``[DONE]``, some never stop, some redirect. So a text is read for a limited time
and to a limited length, no redirect is followed, and reading can be cancelled at any moment.
"""

import os
import time
from collections.abc import Callable, Iterator
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from assistant.configuration import ModelEndpoint
from corpus.errors import Cancelled, ServiceError
from corpus.text.repair import strip_controls

__all__ = ["ModelServer"]

_MOST_CHARACTERS = 12_000
_MOST_BYTES = 8_000_000
_MOST_TOKENS = 800
_TICK = 0.05
_STATUSES = {401: "refused the key (401)", 429: "has too many requests or no credit left (429)"}

_Messages = list[dict[str, str]]
_OnText = Callable[[str], None]
_Pieces = Queue[str | Exception | None]
"""Texts from a server, then None or the error."""


class ModelServer:
    """One model on one server."""

    def __init__(self, endpoint: ModelEndpoint) -> None:
        self.endpoint = endpoint

    @property
    def name(self) -> str:
        """Model and server, for a screen."""
        return strip_controls(f"{self.endpoint.model} at {self.endpoint.host}")

    def write(
        self, messages: _Messages, *, on_text: _OnText | None = None, cancelled: Callable[[], bool] | None = None
    ) -> str:
        """What the model writes, without control characters; ``on_text`` gets all of it so far, as it grows.

        Raises:
            ServiceError: the server cannot be reached, refuses, breaks off, takes too long or writes nothing.
            Cancelled: ``cancelled()`` became true.
        """
        pieces: _Pieces = Queue()
        stopped = Event()
        # A thread of its own: a read that waits for the server cannot be interrupted.
        Thread(target=self._read, args=(messages, pieces, stopped), daemon=True).start()
        try:
            return self._gather(pieces, on_text or (lambda _: None), cancelled or (lambda: False))
        finally:
            stopped.set()

    def _gather(self, pieces: _Pieces, on_text: _OnText, cancelled: Callable[[], bool]) -> str:
        text = ""
        deadline = time.monotonic() + self.endpoint.timeout
        while len(text) < _MOST_CHARACTERS:
            if cancelled():
                raise Cancelled("Writing was stopped")
            if time.monotonic() > deadline:
                raise self._error(f"took longer than {self.endpoint.timeout:g} seconds")
            try:
                piece = pieces.get(timeout=_TICK)
            except Empty:
                continue
            if piece is None:
                break
            if isinstance(piece, Exception):
                raise self._failure(piece) from piece
            text += strip_controls(piece)
            on_text(text)
        if not text.strip():
            raise self._error("wrote nothing")
        return text

    def _read(self, messages: _Messages, pieces: _Pieces, stopped: Event) -> None:
        """Put what the server sends into ``pieces``."""
        try:
            for piece in self._stream(messages):
                if stopped.is_set():
                    return
                pieces.put(piece)
            pieces.put(None)
        except Exception as error:  # noqa: BLE001
            pieces.put(error)  # raised again where it is waited for

    def _stream(self, messages: _Messages) -> Iterator[str]:
        with self._client() as client:
            stream = client.chat.completions.create(
                model=self.endpoint.model, messages=messages, stream=True, temperature=0, max_tokens=_MOST_TOKENS
            )
            with stream:
                for chunk in stream:
                    for choice in (getattr(chunk, "choices", None) or ())[:1]:
                        content = getattr(getattr(choice, "delta", None), "content", None)
                        if isinstance(content, str):
                            yield content

    def _client(self) -> Any:
        try:
            import openai
        except ImportError as error:
            remedy = "Run pip install 'loccit[llm]', or take [llm] out of config.toml"
            raise ServiceError("The package openai is not installed", place="[llm]", remedy=remedy) from error
        import httpx2

        variable = self.endpoint.api_key_env
        key = os.environ.get(variable, "") if variable else "none"
        if not key:
            remedy = f"Set it to the key: export {variable}=..."
            raise ServiceError("The environment variable with the key is empty", place=variable, remedy=remedy)
        http = httpx2.Client(
            timeout=self.endpoint.timeout,
            follow_redirects=False,  # passages and key go to the configured server, and nowhere else
            trust_env=not self.endpoint.is_local,
            event_hooks={"response": [_bound]},
        )
        return openai.OpenAI(
            base_url=self.endpoint.base_url, api_key=key, timeout=self.endpoint.timeout, max_retries=0, http_client=http
        )

    def _error(self, cause: str) -> ServiceError:
        remedy = "Look whether it runs; loccit ask --extractive does without"
        return ServiceError(f"The language model {cause}", place=self.name, remedy=remedy)

    def _failure(self, error: Exception) -> ServiceError:
        if isinstance(error, ServiceError):
            return error
        status = getattr(error, "status_code", None)
        if status is not None:
            return self._error(_STATUSES.get(status, f"answered with status {status}"))
        told = " ".join(strip_controls(str(error.__cause__ or error)).split())[:160]
        return self._error(f"did not answer as it should ({told or type(error).__name__})")


def _bound(response: Any) -> None:
    """Limit a response to `_MOST_BYTES`, also within one line."""
    import httpx2

    class Bounded(httpx2.SyncByteStream):
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            taken = 0
            for piece in self._stream:
                taken += len(piece)
                if taken > _MOST_BYTES:
                    raise ValueError("the response does not end")
                yield piece

        def close(self) -> None:
            self._stream.close()

    response.stream = Bounded(response.stream)

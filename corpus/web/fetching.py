"""Fetching over HTTP what a person names by URL, DOI or arXiv number.

Answers are limited in size and time, requests in rate; private addresses are refused.
"""

import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from corpus.errors import ServiceError
from corpus.text.identifiers import whole_arxiv, whole_doi

__all__ = ["Fetched", "Fetcher", "Target", "parse_target"]

_MAX_BYTES = 60_000_000
_SECONDS = 60.0
_REDIRECTS = 5
_TRIES = 3
_PAUSE = 1.0
"""Seconds between two requests to one host."""
_PAUSES = {"arxiv.org": 3.0, "export.arxiv.org": 3.0}
"""Seconds for hosts that ask for longer pauses."""
_LONGEST_WAIT = 30.0
"""Maximum seconds to wait before another try."""
_AGENT = "loccit/0.1 (literature assistant; polite: one request at a time)"


@dataclass(frozen=True, slots=True)
class Target:
    """A resource on the network."""

    kind: Literal["url", "doi", "arxiv"]
    value: str
    """The URL, the DOI, or the arXiv number without version."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer."""

    url: str
    """After redirects."""
    media_type: str
    """Without parameters, in lower case."""
    body: bytes


def parse_target(text: str) -> Target | None:
    """The target that ``text`` names, or None for what must be a path.

    >>> parse_target("https://arxiv.org/abs/2404.17047v2")
    Target(kind='arxiv', value='2404.17047')
    >>> parse_target("papers/2404.17047.pdf") is None
    True
    """
    text = text.strip()
    is_url = re.match(r"https?://", text, re.IGNORECASE) is not None
    name = f"{_host(text)}{unquote(urlsplit(text).path)}" if is_url else text
    if number := whole_arxiv(name):
        return Target("arxiv", number)
    if doi := whole_doi(name):
        return Target("doi", doi)
    return Target("url", text) if is_url else None


class Fetcher:
    """Fetches URLs.

    ``allow_private`` admits loopback and private addresses, for servers that the user runs; ``wait`` sleeps.
    """

    def __init__(
        self, *, allow_private: bool = False, pause: float | None = None, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._allow_private = allow_private
        self._pause = pause
        self._wait = wait
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()

    def get(self, url: str, *, accept: str = "*/*", max_bytes: int = _MAX_BYTES) -> Fetched:
        """Fetch ``url``, following redirects.

        Raises:
            ServiceError: no answer in time, an error status, too large an answer, or an address that is refused.
        """
        import httpx2

        deadline = time.monotonic() + _SECONDS
        with self._lock, httpx2.Client(timeout=20.0, headers={"User-Agent": _AGENT, "Accept": accept}) as client:
            for _ in range(_REDIRECTS + 1):
                answer = self._try_hop(client, url, deadline, max_bytes)
                if isinstance(answer, Fetched):
                    return answer
                url = answer
        raise ServiceError("Too many redirects", place=url, remedy="Open it in a browser, save it, and add the file")

    def _try_hop(self, client: Any, url: str, deadline: float, max_bytes: int) -> Fetched | str:
        """One hop, repeated while the host is busy; a string is the URL of a redirect."""
        import httpx2

        for attempt in range(_TRIES):
            self._take_turn(url)
            try:
                outcome = self._hop(client, url, deadline, max_bytes)
            except httpx2.HTTPError as error:
                cause = f"No answer ({type(error).__name__})"
                raise ServiceError(cause, place=url, remedy="Check the connection and try again") from error
            if not isinstance(outcome, float):
                return outcome
            if attempt < _TRIES - 1 and outcome <= _LONGEST_WAIT:
                self._wait(outcome)
        raise ServiceError("The host is busy", place=url, remedy="Try again later")

    def _hop(self, client: Any, url: str, deadline: float, max_bytes: int) -> Fetched | str | float:
        """The answer, the URL of a redirect, or the seconds that the host asks to wait."""
        self._check_address(url)
        with client.stream("GET", url) as response:
            self._check_peer(response, url)
            if response.is_redirect:
                return str(response.url.join(response.headers["location"]))
            if response.status_code in (429, 503):
                return _seconds(response.headers.get("retry-after", ""))
            if response.status_code >= 400:
                raise ServiceError(f"The host answered {response.status_code}", place=url, remedy="Check the address")
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > max_bytes:
                    raise ServiceError(f"The answer is larger than {max_bytes // 1_000_000} MB", place=url)
                if time.monotonic() > deadline:
                    raise ServiceError("The answer took longer than a minute", place=url, remedy="Try again later")
            media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
            return Fetched(str(response.url), media_type, bytes(body))

    def _take_turn(self, url: str) -> None:
        host = _host(url)
        pause = self._pause if self._pause is not None else _PAUSES.get(host, _PAUSE)
        rest = self._last.get(host, -pause) + pause - time.monotonic()
        if rest > 0:
            self._wait(rest)
        self._last[host] = time.monotonic()

    def _check_address(self, url: str) -> None:
        """Refuse hosts whose name resolves to a private address."""
        if not url.lower().startswith(("http://", "https://")):
            raise ServiceError("Only http and https are fetched", place=url)
        if self._allow_private:
            return
        host = _host(url)
        try:
            addresses = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
        except (OSError, UnicodeError) as error:
            raise ServiceError("The host is not known", place=url, remedy="Check address and connection") from error
        if not all(_is_public(address) for address in addresses):
            raise ServiceError("Private addresses are not fetched", place=url)

    def _check_peer(self, response: Any, url: str) -> None:
        """Check the address of the connection, because the name may resolve differently the second time."""
        if self._allow_private:
            return
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer and not _is_public(str(peer[0])):
            raise ServiceError("Private addresses are not fetched", place=url)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.split("%")[0]).is_global
    except ValueError:
        return False


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdigit() else 2.0

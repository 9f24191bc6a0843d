"""What ``config.toml`` says: the one of the person, and over it the one in the library's folder.

A library may come from somebody else. Its file therefore decides nothing that leaves the machine: which server gets
questions and passages, and which environment variable goes there as the key, stands in the person's own file alone.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus.errors import LibraryError

__all__ = ["Configuration", "ModelEndpoint", "read_configuration"]

_TIMEOUT = 120.0


@dataclass(frozen=True, slots=True)
class ModelEndpoint:
    """A language model behind an OpenAI-compatible interface."""

    base_url: str
    """Up to and with the version, ``http://localhost:11434/v1``."""
    model: str
    """The name under which the server knows the model."""
    api_key_env: str = ""
    """The environment variable that holds the key; the key itself stands in no file."""
    timeout: float = _TIMEOUT
    """Seconds that an answer may take in all."""

    @property
    def host(self) -> str:
        """The server's name, for a screen."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def is_local(self) -> bool:
        """Whether the server is this machine."""
        name = urlsplit(self.base_url).hostname or ""
        try:
            return name == "localhost" or ip_address(name).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Configuration:
    """Every setting; what is not set has its default."""

    embedding_model: str | None = None
    reranker: str | None = None
    """A cross-encoder that orders the first results anew."""
    pdf_engine: str | None = None
    """Which PDF engine is asked first."""
    pdf_languages: str | None = None
    """Of scanned pages, as tesseract names them."""
    language_model: ModelEndpoint | None = None
    ignored: LibraryError | None = None
    """What the library's file may not decide, though it tries to, and how to decide it; for a screen, never raised."""


def own_configuration() -> Path:
    """The person's own file: ``LOCCIT_CONFIG``, else ``config.toml`` in the platform's configuration folder."""
    named = os.environ.get("LOCCIT_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("loccit", appauthor=False) / "config.toml"


def read_configuration(library: Path) -> Configuration:
    """The settings that hold for a library; a section of its own file replaces the person's, except ``[llm]``.

    Raises:
        LibraryError: a file is no TOML, or has a section, key or value that is not known.
    """
    own, its = own_configuration(), library / "config.toml"
    sections: dict[str, tuple[Path, dict[str, Any]]] = {name: (own, values) for name, values in _sections(own).items()}
    ignored = None
    if not _is_same(own, its):
        found = _sections(its)
        sections |= {name: (its, values) for name, values in found.items() if name not in _OWN_ONLY}
        ignored = _ignored(its, own, sorted(_OWN_ONLY & found.keys()))

    def text(section: str, key: str) -> str | None:
        return sections[section][1].get(key) or None if section in sections else None

    model = sections.get("llm")
    return Configuration(
        embedding_model=text("embedding", "model"),
        reranker=text("ranking", "reranker"),
        pdf_engine=text("pdf", "engine"),
        pdf_languages=text("pdf", "languages"),
        language_model=_endpoint(*model) if model else None,
        ignored=ignored,
    )


_KNOWN: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "embedding": {"model": lambda value: isinstance(value, str)},
    "ranking": {"reranker": lambda value: isinstance(value, str)},
    "pdf": {name: lambda value: isinstance(value, str) for name in ("engine", "languages")},
    "llm": {
        "base_url": lambda value: isinstance(value, str) and value.startswith(("http://", "https://")),
        "model": lambda value: isinstance(value, str) and bool(value),
        "api_key_env": lambda value: isinstance(value, str),
        "timeout": lambda value: isinstance(value, int | float) and not isinstance(value, bool) and value > 0,
    },
}
_OWN_ONLY = frozenset({"llm"})
"""Sections that send something off the machine."""
_EXAMPLES = {
    "embedding": 'model = "/path/to/model"',
    "ranking": 'reranker = "/path/to/cross-encoder"',
    "pdf": 'engine = "pdfium" or languages = "eng+deu"',
    "llm": 'base_url = "http://localhost:11434/v1", model = "llama3.2" and, where needed, api_key_env and timeout',
}


def _is_same(own: Path, its: Path) -> bool:
    try:
        return own.samefile(its)
    except OSError:
        return False  # one of them is not there


def _ignored(its: Path, own: Path, sections: Sequence[str]) -> LibraryError | None:
    if not sections:
        return None
    names = " and ".join(f"[{name}]" for name in sections)
    cause = f"{names} in the library's file is ignored, because only your own file may name a server"
    remedy = f"If you wrote it, move it to {own}; if not, delete it. Then run loccit doctor"
    return LibraryError(cause, place=str(its), remedy=remedy)


def _sections(path: Path) -> dict[str, dict[str, Any]]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}  # the second is the library's own error, told where the folder is made
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LibraryError(
            f"The configuration cannot be read ({error})", place=str(path), remedy="Correct it"
        ) from error
    for section, values in data.items():
        if section not in _KNOWN or not isinstance(values, dict):
            remedy = f"Known are {' and '.join(f'[{name}]' for name in _KNOWN)}"
            raise LibraryError(f"Unknown section [{section}]", place=str(path), remedy=remedy)
        for key, value in values.items():
            _check(path, section, key, value)
    return data


def _check(path: Path, section: str, key: str, value: object) -> None:
    known = _KNOWN[section]
    if key not in known:
        near = get_close_matches(key, known, 1)
        remedy = f"Did you mean {near[0]}?" if near else f"Write, for example, {_EXAMPLES[section]} below [{section}]"
        raise LibraryError(f"Unknown setting {section}.{key}", place=str(path), remedy=remedy.rstrip("?"))
    if not known[key](value):
        remedy = f"Write, for example, {_EXAMPLES[section]} below [{section}]"
        raise LibraryError(f"Unknown setting {section}.{key} = {value!r}", place=str(path), remedy=remedy)


def _endpoint(path: Path, values: Mapping[str, Any]) -> ModelEndpoint:
    for needed in ("base_url", "model"):
        if needed not in values:
            remedy = f"Write, for example, {_EXAMPLES['llm']} below [llm]"
            raise LibraryError(f"The setting llm.{needed} is missing", place=str(path), remedy=remedy)
    endpoint = ModelEndpoint(
        values["base_url"], values["model"], values.get("api_key_env", ""), float(values.get("timeout", _TIMEOUT))
    )
    if endpoint.api_key_env and endpoint.base_url.startswith("http://") and not endpoint.is_local:
        raise LibraryError("A key would be sent unencrypted", place=str(path), remedy="Write https:// in llm.base_url")
    return endpoint

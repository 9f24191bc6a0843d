"""Settings from ``config.toml``: the user's own file, overridden by the one in the library's folder.

A library may come from somebody else, so its file cannot decide where data is sent: the server that receives
questions and passages, and the environment variable with its key, are read from the user's own file alone.
"""

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


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


_KNOWN: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "embedding": {"model": _is_text},
    "ranking": {"reranker": _is_text},
    "pdf": {"engine": _is_text, "languages": _is_text},
    "llm": {
        "base_url": lambda value: isinstance(value, str) and value.startswith(("http://", "https://")),
        "model": lambda value: isinstance(value, str) and bool(value),
        "api_key_env": _is_text,
        "timeout": lambda value: isinstance(value, int | float) and not isinstance(value, bool) and value > 0,
    },
}
_OWN_ONLY = frozenset({"llm"})
"""Sections that only the user's own file may hold, because they send something off the machine."""
_EXAMPLES = {
    "embedding": 'model = "/path/to/model"',
    "ranking": 'reranker = "/path/to/cross-encoder"',
    "pdf": 'engine = "pdfium" or languages = "eng+deu"',
    "llm": 'base_url = "http://localhost:11434/v1", model = "llama3.2" and, where needed, api_key_env and timeout',
}


@dataclass(frozen=True, slots=True)
class ModelEndpoint:
    """A language model behind an OpenAI-compatible interface."""

    base_url: str
    """The address including the version: ``http://localhost:11434/v1``."""
    model: str
    """The model's name on the server."""
    api_key_env: str = ""
    """The environment variable that holds the key; no file holds the key itself."""
    timeout: float = _TIMEOUT
    """Seconds a whole answer may take."""

    @property
    def host(self) -> str:
        """The server's name, to show."""
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
    """Every setting; None where it is not set."""

    embedding_model: str | None = None
    reranker: str | None = None
    """A cross-encoder that ranks the first results again."""
    pdf_engine: str | None = None
    """The PDF engine to try first."""
    pdf_languages: str | None = None
    """Languages of scanned pages, as tesseract names them."""
    language_model: ModelEndpoint | None = None
    ignored: LibraryError | None = None
    """What the library's file sets without being allowed to, and the remedy: an error to show, never raised."""


def _own_file() -> Path:
    """The user's own file: ``LOCCIT_CONFIG``, else ``config.toml`` in the platform's configuration folder."""
    named = os.environ.get("LOCCIT_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("loccit", appauthor=False) / "config.toml"


def read_configuration(library: Path) -> Configuration:
    """Read the settings for a library; a section of its own file replaces the user's, except ``[llm]``.

    Raises:
        LibraryError: a file is no TOML, or has an unknown section, key or value.
    """
    own, its = _own_file(), library / "config.toml"
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
        return {}  # where the library's folder is a file, making the library fails with its own error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        cause = f"The configuration cannot be read ({error})"
        raise LibraryError(cause, place=str(path), remedy="Correct it") from error
    for section, values in data.items():
        if section not in _KNOWN or not isinstance(values, dict):
            remedy = f"Known are {' and '.join(f'[{name}]' for name in _KNOWN)}"
            raise LibraryError(f"Unknown section [{section}]", place=str(path), remedy=remedy)
        for key, value in values.items():
            _check(path, section, key, value)
    return data


def _check(path: Path, section: str, key: str, value: object) -> None:
    known = _KNOWN[section]
    if key in known and known[key](value):
        return
    near = [] if key in known else get_close_matches(key, known, 1)
    cause = f"Unknown setting {section}.{key}" + (f" = {value!r}" if key in known else "")
    raise LibraryError(cause, place=str(path), remedy=f"Did you mean {near[0]}" if near else _example(section))


def _example(section: str) -> str:
    return f"Write, for example, {_EXAMPLES[section]} below [{section}]"


def _endpoint(path: Path, values: Mapping[str, Any]) -> ModelEndpoint:
    for needed in ("base_url", "model"):
        if needed not in values:
            raise LibraryError(f"The setting llm.{needed} is missing", place=str(path), remedy=_example("llm"))
    endpoint = ModelEndpoint(
        values["base_url"], values["model"], values.get("api_key_env", ""), float(values.get("timeout", _TIMEOUT))
    )
    if endpoint.api_key_env and endpoint.base_url.startswith("http://") and not endpoint.is_local:
        raise LibraryError("A key would be sent unencrypted", place=str(path), remedy="Write https:// in llm.base_url")
    return endpoint

"""Where libraries live, and what a library's own ``config.toml`` says."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from corpus.errors import LibraryError

__all__ = ["default_library", "embedding_model", "reranker_model"]

_KNOWN = {"embedding": "model", "ranking": "reranker"}
"""The one setting of each section; both name a model."""


def default_library() -> Path:
    """``LOCCIT_LIBRARY``, else ``library`` in the platform's data folder."""
    named = os.environ.get("LOCCIT_LIBRARY")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("loccit", appauthor=False) / "library"


def embedding_model(library: Path) -> str | None:
    """The embedding model that ``config.toml`` in the library names, or None.

    Raises:
        LibraryError: the file is no TOML, or has a section, key or value that is not known.
    """
    return _setting(library, "embedding")


def reranker_model(library: Path) -> str | None:
    """The cross-encoder that ``config.toml`` in the library names, or None.

    Raises:
        LibraryError: the file is no TOML, or has a section, key or value that is not known.
    """
    return _setting(library, "ranking")


def _setting(library: Path, wanted: str) -> str | None:
    path = library / "config.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None  # the second is the library's own error, told where the folder is made
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LibraryError(
            f"The configuration cannot be read ({error})", place=str(path), remedy="Correct it"
        ) from error
    for section, values in data.items():
        if section not in _KNOWN or not isinstance(values, dict):
            known = " and ".join(f"[{name}]" for name in _KNOWN)
            raise LibraryError(f"Unknown section [{section}]", place=str(path), remedy=f"The known ones are {known}")
        for key, value in values.items():
            if key != _KNOWN[section] or not isinstance(value, str):
                remedy = f'Write, for example, {_KNOWN[section]} = "/path/to/model" below [{section}]'
                raise LibraryError(f"Unknown setting {section}.{key}", place=str(path), remedy=remedy)
    return data.get(wanted, {}).get(_KNOWN[wanted]) or None

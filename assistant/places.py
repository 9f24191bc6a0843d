"""Where libraries live, and what a library's own ``config.toml`` says."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from corpus.errors import LibraryError

__all__ = ["default_library", "embedding_model"]

_KNOWN = {"embedding": {"model"}}


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
            raise LibraryError(f"Unknown section [{section}]", place=str(path), remedy="The known one is [embedding]")
        for key, value in values.items():
            if key not in _KNOWN[section] or not isinstance(value, str):
                remedy = 'Write, for example, model = "/path/to/model" below [embedding]'
                raise LibraryError(f"Unknown setting {section}.{key}", place=str(path), remedy=remedy)
    model = data.get("embedding", {}).get("model")
    return str(model) if model else None

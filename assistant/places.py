"""Where libraries live, and what a library's own ``config.toml`` says."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from corpus.errors import LibraryError
from corpus.pdf.options import PdfOptions, choose_engine

__all__ = ["default_library", "embedding_model", "pdf_settings", "reranker_model"]

_KNOWN = {
    "embedding": {"model": "/path/to/model"},
    "pdf": {"engine": "pdfium", "languages": "eng+deu"},
    "ranking": {"reranker": "/path/to/cross-encoder"},
}
"""Sections and keys, each with an example of a value."""


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
    return _settings(library).get("embedding", {}).get("model") or None


def pdf_settings(library: Path) -> PdfOptions:
    """How PDF files are read, as far as ``config.toml`` in the library, or else ``LOCCIT_PDF``, says.

    Raises:
        LibraryError: the file is no TOML, or has a section, key or value that is not known.
        UsageError: the engine is not known, or not installed.
    """
    values = _settings(library).get("pdf", {})
    return PdfOptions(
        engine=choose_engine(values.get("engine")), languages=values.get("languages") or PdfOptions().languages
    )


def reranker_model(library: Path) -> str | None:
    """The cross-encoder that ``config.toml`` in the library names, or None.

    Raises:
        LibraryError: the file is no TOML, or has a section, key or value that is not known.
    """
    return _settings(library).get("ranking", {}).get("reranker") or None


def _settings(library: Path) -> dict[str, dict[str, str]]:
    path = library / "config.toml"
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
            known = " and ".join(f"[{name}]" for name in _KNOWN)
            raise LibraryError(f"Unknown section [{section}]", place=str(path), remedy=f"Known are {known}")
        for key, value in values.items():
            if key not in _KNOWN[section] or not isinstance(value, str):
                examples = " or ".join(f'{name} = "{example}"' for name, example in _KNOWN[section].items())
                remedy = f"Write, for example, {examples} below [{section}]"
                raise LibraryError(f"Unknown setting {section}.{key}", place=str(path), remedy=remedy)
    return data

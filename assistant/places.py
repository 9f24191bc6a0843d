"""Where libraries live."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["default_library"]


def default_library() -> Path:
    """``LOCCIT_LIBRARY``, else ``library`` in the platform's data folder."""
    named = os.environ.get("LOCCIT_LIBRARY")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("loccit", appauthor=False) / "library"

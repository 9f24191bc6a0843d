"""What the name of a font says of its type."""

from __future__ import annotations

import re

__all__ = ["is_bold_name"]

_BOLD = re.compile(r"bold|-bd|heavy|black|demi|medi(?!um)|cmbx|cmb\d|sfbx|lmbx|bx\d|-b$|,b", re.I)


def is_bold_name(name: str) -> bool:
    """Whether a font of that name, with or without the tag of a subset, is bold.

    >>> is_bold_name("/ABCDEF+NimbusRomNo9L-Medi"), is_bold_name("Helvetica")
    (True, False)
    """
    return _BOLD.search(name.partition("+")[2] or name) is not None

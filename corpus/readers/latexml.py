"""What converters from LaTeX to web pages leave behind: commands and environments they did not know.

arXiv's HTML pages are made so; saved as Markdown they hold lines such as ``\\scalerel`` or ``{adjustwidth}``.
"""

from __future__ import annotations

import re

__all__ = ["drop_latex_remains"]

# \scalerel*{picture}{X} scales a picture to the height of an X; the star lands as a bullet and the X as a word.
_SCALED_PICTURE = re.compile(r"^\\scalerel[ \t]*\n+\* !\[[^\n]*?\]\([^)\s]*\) X ", re.MULTILINE)
_LONE_COMMAND = re.compile(r"^(?:\\[A-Za-z]+\*?|\{[A-Za-z]+\*?\}|(?:-?\d+(?:\.\d+)?pt)+)[ \t]*$", re.MULTILINE)


def drop_latex_remains(text: str) -> str:
    """``text`` without the scaled pictures and the lone commands, environments and lengths of such a page."""
    return _LONE_COMMAND.sub("", _SCALED_PICTURE.sub("", text))

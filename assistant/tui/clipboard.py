"""Getting text onto a clipboard, and saying honestly how."""

from __future__ import annotations

__all__ = ["to_system", "ways"]


def to_system(text: str) -> str:
    """Copy with the system's own tool where there is one; returns why not, or nothing when it worked."""
    try:
        import pyperclip
    except ImportError:
        return "pyperclip is not installed"
    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return "this machine has no clipboard tool"
    return ""


def ways(hindrance: str) -> str:
    """How the text was copied; the terminal never says whether it took it."""
    if hindrance:
        return f"Sent to the terminal’s clipboard (OSC 52) only: {hindrance}."
    return "To the system clipboard, and to the terminal’s (OSC 52)."

"""Paths as a person types them: completed while typing, understood when given."""

from __future__ import annotations

import asyncio
import os
import shlex

from textual.suggester import Suggester

from index.originals import expanded

__all__ = ["CommandPathSuggester", "given_paths"]


def given_paths(typed: str) -> tuple[str, ...]:
    """The paths in a typed line: all of it where that exists, else its words as a shell reads them.

    >>> given_paths("'my papers' other.pdf")
    ('my papers', 'other.pdf')
    """
    whole = expanded(typed.strip())
    if whole.exists():
        return (str(whole),)
    try:
        words = shlex.split(typed)
    except ValueError:
        words = [typed.strip()]
    return tuple(str(expanded(word)) for word in words)


def completed(typed: str) -> str | None:
    """The first file or folder whose path begins like this.

    A hidden one is offered only to who types the dot.
    """
    folder, _, begun = typed.rpartition("/")
    place = expanded(f"{folder}/" if "/" in typed else ".")
    try:
        with os.scandir(place) as entries:
            fitting = sorted(
                (entry.name + ("/" if entry.is_dir() else ""))
                for entry in entries
                if entry.name.startswith(begun) and (begun.startswith(".") or not entry.name.startswith("."))
            )
    except OSError:
        return None
    if not fitting or fitting[0] == begun:
        return None
    return f"{folder}/{fitting[0]}" if "/" in typed else fitting[0]


class CommandPathSuggester(Suggester):
    """Completes a path after a prefix; the arrow to the right takes it."""

    def __init__(self, prefix: str = "") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.prefix = prefix

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with its path completed."""
        typed = value.removeprefix(self.prefix)
        if not value.startswith(self.prefix) or not typed:
            return None
        found = await asyncio.to_thread(completed, typed)
        return None if found is None else self.prefix + found

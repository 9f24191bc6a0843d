"""The starter documents: in the default library from its first start, until the user takes them out."""

from __future__ import annotations

from assistant.library import Library

__all__ = ["Starter"]

_STARTER = "starter"


class Starter:
    """Adds the starter documents once, and takes them out for good."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def install(self) -> bool:
        """On the default library's first start, add the starter documents; whether that was done now.

        Raises:
            ModelError: the embedding model cannot be used; the next start tries again.
        """
        library = self._library
        if not library.default or library.read_only or library.setting(_STARTER) is not None:
            return False
        from corpus.starter import brief_paths

        report = library.ingest.add(brief_paths(), starter=True)
        if report.cancelled or report.failed:
            return False
        library.remember(_STARTER, "installed")
        return True

    def remove(self) -> list[str]:
        """Take the starter documents out, for good; returns their ids."""
        identities = self._library.store.starter_ids()
        if identities:
            self._library.ingest.remove(identities)
        self._library.remember(_STARTER, "removed")
        return identities

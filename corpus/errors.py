"""All errors that loccit raises, in one tree.

Each message gives the cause, the place and the next command, so a front can print it as it stands.

    LoccitError
    ├── UsageError        the request itself makes no sense (exit 2)
    ├── LibraryError      the library on disk cannot be used (exit 3)
    │   ├── LibraryLocked     another process is writing
    │   ├── UnknownDocument   no document has that id or key
    │   └── UnknownSession    no session has that name
    ├── ReadError         one file could not be read; the others still can (exit 1)
    ├── ModelError        the embedding model is missing, altered or of another kind (exit 3)
    ├── ServiceError      a service on the network did not answer as asked (exit 4)
    └── Cancelled         the user asked to stop
"""

__all__ = [
    "Cancelled",
    "LibraryError",
    "LibraryLocked",
    "LoccitError",
    "ModelError",
    "ReadError",
    "ServiceError",
    "UnknownDocument",
    "UnknownSession",
    "UsageError",
]


class LoccitError(Exception):
    """Base of the tree.

    >>> str(LoccitError("The file is empty", place="notes.md", remedy="Add text to it"))
    'The file is empty: notes.md. Add text to it.'
    """

    exit_code = 3
    """Exit code of a command that ends with this error."""

    def __init__(self, cause: str, *, place: str = "", remedy: str = "") -> None:
        self.cause = cause
        """What failed, without a full stop."""
        self.place = place
        """A path, an id or a setting; empty if the cause names it."""
        self.remedy = remedy
        """What to do next, if possible a command, without a full stop."""
        head = f"{cause}: {place}." if place else f"{cause}."
        super().__init__(f"{head} {remedy}." if remedy else head)


class UsageError(LoccitError):
    """The request is invalid: an empty question, an unknown option value."""

    exit_code = 2


class LibraryError(LoccitError):
    """The library on disk cannot be opened, read or written."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""


class UnknownDocument(LibraryError):
    """No document of the library has that id or key."""


class UnknownSession(LibraryError):
    """No session of the library has that name."""


class ReadError(LoccitError):
    """One file could not be read."""

    exit_code = 1


class ModelError(LoccitError):
    """The embedding model is missing, altered, or does not fit the library's vectors."""


class ServiceError(LoccitError):
    """A service on the network, asked because the user wanted it, did not answer as it should."""

    exit_code = 4


class Cancelled(LoccitError):
    """The user asked to stop; what was finished before stays."""

    exit_code = 1

    embedded = 0
    """Texts that were embedded before the stop."""

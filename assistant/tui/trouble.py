"""What went wrong, in a form that can be shown: a human header and the text below it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from corpus.errors import LoccitError

__all__ = ["Trouble"]


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error to show.

    >>> Trouble.of("Not added", LoccitError("The file is empty", place="a.md")).text
    'The file is empty: a.md.'
    """

    header: str
    """What did not happen, in human words."""
    text: str
    """The message of an expected error as it stands; the traceback of any other."""
    expected: bool = True
    """Whether loccit raised it on purpose."""

    @classmethod
    def of(cls, header: str, error: BaseException) -> Trouble:
        """Make an error showable."""
        if isinstance(error, LoccitError):
            return cls(header, str(error))
        told = "".join(traceback.format_exception(error))
        return cls(f"{header}: something unforeseen went wrong in loccit", told.rstrip(), expected=False)

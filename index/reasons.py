"""What an add says of a file beside its status: why it failed, what it is the same as, what was lost."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import ReadError
from corpus.store.resemblances import NearDuplicate

__all__ = ["BETTER_READER", "joined", "kept_text", "lost_notes", "nearly_same", "refusal", "same_as"]

BETTER_READER = "read again by a better reader"


def joined(*reasons: str) -> str:
    """Reasons in one line; empty ones are left out."""
    return "; ".join(reason for reason in reasons if reason)


def same_as(path: str) -> str:
    """For a file whose content is held already."""
    return f"the same content as {path}"


def nearly_same(pairs: Sequence[NearDuplicate]) -> str:
    """For a document whose text is nearly that of others: the nearest is named, with the share in per cent.

    >>> nearly_same([NearDuplicate("a", "b", "/papers/b.pdf", 0.974)])
    'nearly the same as /papers/b.pdf (97 % of its wording)'
    """
    if not pairs:
        return ""
    share = min(99, int(100 * pairs[0].share)) if pairs[0].share < 1 else 100
    others = f" and {len(pairs) - 1} more" if len(pairs) > 1 else ""
    return f"nearly the same as {pairs[0].other_path}{others} ({share} % of its wording)"


def lost_notes(numbers: Sequence[int]) -> str:
    """For a document that no longer has the words of some notes on it.

    >>> lost_notes([4])
    'the words of note 4 are no longer in it (see loccit note)'
    """
    if not numbers:
        return ""
    named = f"notes {', '.join(map(str, numbers))}" if len(numbers) > 1 else f"note {numbers[0]}"
    return f"the words of {named} are no longer in it (see loccit note)"


def refusal(error: ReadError) -> str:
    """For a file that was not read."""
    return f"{error.cause}. {error.remedy}." if error.remedy else f"{error.cause}."


def kept_text(error: ReadError) -> str:
    """For an unchanged file that the present reader does not read, while an older one did."""
    return f"the text that an older reader has made is kept, because this one does not read the file: {refusal(error)}"

"""Documents at a glance, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.citing import CitedSource
from assistant.cli.output import emit, paragraph
from assistant.glance import Glance, Meeting

__all__ = ["glance_json", "print_glance", "print_meetings"]


def glance_json(glances: Sequence[Glance], meetings: Sequence[Meeting]) -> dict[str, Any]:
    """The shape of ``loccit glance --json``."""
    return {
        "documents": [glance.as_json() for glance in glances],
        "meetings": [meeting.as_json() for meeting in meetings],
    }


def print_glance(glance: Glance) -> None:
    """Each part with its sentences and their places."""
    emit(paragraph(glance.title))
    for part in glance.parts:
        emit(f"\n{part.role.capitalize()}")
        if not part.sources:
            emit("  No sentence says it plainly.")
        for source in part.sources:
            _print_source(source)
    emit()


def print_meetings(meetings: Sequence[Meeting]) -> None:
    """Pairs of sentences, agreements first."""
    for kind, header in (("agree", "They agree"), ("disagree", "They disagree")):
        found = [meeting for meeting in meetings if meeting.kind == kind]
        emit(header if found else f"{header}: no sentences that say so plainly.")
        for meeting in found:
            for source in (meeting.first, meeting.second):
                _print_source(source)
            emit(f"  ({meeting.because})\n" if meeting.because else "")


def _print_source(source: CitedSource) -> None:
    emit(paragraph(f"“{source.quote}”", "  "))
    emit(f"    {source.citation}{', ' + source.place if source.place else ''}")

"""What is done with sessions in worker threads; see `assistant.tui.jobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from assistant.tui.jobs import Post, attempted
from assistant.tui.messages import (
    Failed,
    SessionOpened,
    SessionRemoved,
    SessionRenamed,
    SessionsListed,
)

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["list_sessions", "open_session", "remove", "rename"]


def list_sessions(workspace: Workspace, post: Post) -> None:
    """Fetch the names of the sessions."""
    post(
        attempted(
            "The sessions could not be listed", lambda: SessionsListed(tuple(workspace.sessions.summaries())), Failed
        )
    )


def open_session(workspace: Workspace, name: str, post: Post) -> None:
    """Fetch the turns of a session."""

    def work() -> Message:
        return SessionOpened(name, tuple(workspace.sessions.turns(name)))

    post(attempted("The session could not be opened", work, Failed))


def rename(workspace: Workspace, name: str, new: str, post: Post) -> None:
    """Give a session another name."""

    def work() -> Message:
        workspace.sessions.rename(name, new)
        return SessionRenamed(new)

    post(attempted("Not renamed", work, Failed))


def remove(workspace: Workspace, name: str, post: Post) -> None:
    """Remove a session."""

    def work() -> Message:
        workspace.sessions.remove(name)
        return SessionRemoved(name)

    post(attempted("Not removed", work, Failed))

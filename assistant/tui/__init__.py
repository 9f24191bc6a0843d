"""The terminal UI: one of the thin fronts; it draws what the workspace answers.

Nothing here is imported before ``run`` is called, and nothing here imports torch, faiss or another front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["run"]


def run(workspace: Workspace) -> None:
    """Open the terminal UI over an opened library; returns when the person quits."""
    from assistant.tui.app import LoccitApp

    LoccitApp(workspace).run()

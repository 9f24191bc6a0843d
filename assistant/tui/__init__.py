"""The terminal UI: one of the thin fronts over the workspace.

``service.py`` alone calls the workspace, in threads. Each screen has its file and awaits the service in workers of its
own; ``app.py`` has what all screens share. A new place derives from `base_screen.Place` and gets its mode, key and help
in ``app.py``. Nothing is imported before ``run`` is called, and never torch, faiss or another front.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["run"]


def run(workspace: "Workspace") -> None:
    """Open the terminal UI over an opened library; returns when it is quit."""
    from assistant.tui.app import LoccitApp

    LoccitApp(workspace).run()

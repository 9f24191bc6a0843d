"""The line of keys at the foot of a screen."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

__all__ = ["KeyLine"]


class KeyLine(Footer):
    """Textual's footer, made anew only for other keys: that costs two layouts of the whole screen.

    Keys that are merely greyed, or no longer so, change their colour.
    """

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._shown: list[Binding] = []

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """See what has changed of keys and their words; called whenever something may have."""
        if not screen.app.app_focus or screen is not self.screen or not self.is_attached:
            super().bindings_changed(screen)
            return
        active = [(binding, enabled) for _, binding, enabled, _ in screen.active_bindings.values() if binding.show]
        shown = [binding for binding, _ in active]
        if shown != self._shown:
            self._shown = shown
            super().bindings_changed(screen)
            return
        first: dict[str, bool] = {}
        for binding, enabled in active:
            first.setdefault(binding.action, enabled)
        for key in self.query(FooterKey):
            key.disabled = not first.get(key.action, True)

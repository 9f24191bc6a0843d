"""The line of keys at the foot of a screen."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widgets import Footer

__all__ = ["KeyLine"]


class KeyLine(Footer):
    """Textual's footer, made anew only when what it shows is another: that costs a layout of the whole screen."""

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._shown: tuple[object, ...] = ()

    def bindings_changed(self, screen: Screen[Any]) -> None:
        """See whether keys, words or what is greyed have changed; called when they may have."""
        active = screen.active_bindings.values()
        shown = tuple((binding, enabled) for _, binding, enabled, _ in active if binding.show)
        if shown != self._shown or not self._bindings_ready:
            if screen.app.app_focus and screen is self.screen:
                self._shown = shown
            super().bindings_changed(screen)

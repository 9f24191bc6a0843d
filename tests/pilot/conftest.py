"""A small library of files written here, the real workspace over it, and a way to drive the app."""

from __future__ import annotations

import asyncio
import functools
import html
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.tui import app as app_module
from assistant.tui.app import LoccitApp
from assistant.tui.widgets.prompt_input import Prompt
from assistant.workspace import Workspace

HOSTILE = "On [CLS] tokens [/x] and [31m"
SIZES = [(80, 24), (120, 40)]

RELEASE = """---
title: "Releasing models"
author: Ada Lovelace
date: 2024-03-01
---

## Taking a model back

Once the weights of a model are public, anyone can download them and keep a copy for good. A release therefore cannot
be revoked, whatever the developer decides later. Regulators have asked for recall plans, which do not exist for copies.

## Who gains from openness

Small laboratories gain most, because they can study a model that they could never have trained. Teachers use open
models in their courses without paying for each question.
"""
TOKENS = f"""---
title: "{HOSTILE}"
author: Grace Hopper
date: 2023-05-01
---

## Special tokens

The classification token [CLS] stands at the beginning of each input and gathers what the encoder knows of the whole
sentence. The separator token [SEP] stands between two sentences, and [/x] closes nothing at all.
"""

Scenario = Callable[[LoccitApp, "Driver"], Awaitable[None]]


@dataclass
class Driver:
    """What a person does at the keyboard and sees on the screen."""

    pilot: Pilot[None]

    async def settle(self) -> None:
        """Wait until no worker runs, and the messages that the last one posted have gone all their ways."""
        workers, quiet = self.pilot.app.workers, 0
        while quiet < _HOPS:
            await self.pilot.pause()
            quiet += 1
            if any(not worker.is_finished for worker in workers):
                await workers.wait_for_complete()
                quiet = 0

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        await self.pilot.press(
            *(character if character.isalnum() else _KEYS.get(character, character) for character in text)
        )

    async def enter(self, text: str) -> None:
        """Put text into the prompt at once, and send it."""
        prompt = self.pilot.app.query_one("#prompt", Prompt)
        prompt.focus()
        prompt.value = text
        await self.press("enter")

    @property
    def lines(self) -> list[str]:
        """The screen's lines, as drawn."""
        drawn: dict[float, str] = {}
        for x, y, width, text in _DRAWN.findall(self.pilot.app.export_screenshot(simplify=False)):
            shown = html.unescape(text).replace("\xa0", " ")
            before = drawn.get(float(y), "")
            drawn[float(y)] = before.ljust(round(float(x) / float(width) * len(shown))) + shown
        return [line for _, line in sorted(drawn.items())]

    @property
    def screen(self) -> str:
        """The screen's text with its line breaks folded."""
        return folded(self.lines)

    def seen(self, selector: str) -> str:
        """The text that is drawn where a widget stands, folded."""
        region = self.pilot.app.screen.query_one(selector).region
        return folded([line[region.x : region.right] for line in self.lines[region.y : region.bottom]])


def folded(lines: list[str]) -> str:
    """Lines as one, without the drawn borders."""
    return " ".join(" ".join(re.sub("[│╭╮╰╯─▌▎█▍]", " ", line).split()) for line in lines)


_KEYS = {
    " ": "space",
    "?": "question_mark",
    "/": "slash",
    "-": "minus",
    ".": "full_stop",
    "_": "underscore",
    "~": "tilde",
}
_HOPS = 3
"""From a widget to its screen, from there to the app, and into the widget that shows it."""
_DRAWN = re.compile(r'<text[^>]* x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>(.*?)</text>')


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "releasing.md").write_text(RELEASE, encoding="utf-8")
    (folder / "tokens.md").write_text(TOKENS, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def workspace(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The papers in a library; a question asked in several tests is answered once."""
    with Workspace.open(tmp_path_factory.mktemp("library"), remote=True) as opened:
        report = opened.add([papers])
        assert not report.failed
        opened.ask = functools.cache(opened.ask)  # type: ignore[method-assign]
        yield opened


@pytest.fixture
def empty(workspace: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A library without documents, over the model that is loaded already."""
    opened = Workspace.open(tmp_path / "library", embedder=workspace.embedder)
    yield opened
    opened.database.close()


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reached the system's clipboard."""
    texts: list[str] = []

    def take(text: str) -> str:
        texts.append(text)
        return ""

    monkeypatch.setattr(app_module, "to_system", take)
    return texts


@pytest.fixture
def drive() -> Callable[..., None]:
    """Run a scenario against the app at a size."""

    def run(workspace: Workspace, scenario: Scenario, size: tuple[int, int] = (80, 24)) -> None:
        async def session() -> None:
            app = LoccitApp(workspace)
            async with app.run_test(size=size, notifications=True) as pilot:
                driver = Driver(pilot)
                await driver.settle()
                await scenario(app, driver)

        asyncio.run(session())

    return run


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    chosen: tuple[int, int] = request.param
    return chosen


@pytest.fixture
def hostile() -> str:
    return HOSTILE

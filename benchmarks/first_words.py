"""How soon the first words of an answer stand on the screen.

    python -m benchmarks.first_words [--sizes 10000]

The terminal UI runs as it does for a person, at 120x40, over a library of each size, its model warm, in sessions of
eight questions. Measured is the
time from enter in the prompt until the first sentence of the answer, or of what came nearest, has its place on the
screen; and the time of the answer itself, without the screen.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np

from assistant.start import collect_seldom
from assistant.tui.app import LoccitApp
from assistant.tui.widgets.chat_blocks import Sentence, Turn
from assistant.tui.widgets.conversation import Conversation
from assistant.tui.widgets.prompt_input import Prompt
from assistant.workspace import Workspace
from benchmarks.scale_library import library_of
from benchmarks.scale_texts import questions
from index.embedding.embedding_model import choose_model
from index.embedding.torch_embedder import LocalEmbedder

__all__ = ["first_words"]

_QUESTIONS = 40
_WARMED_BY = 5
_CONVERSATION = 8
"""Questions, then a new session is begun."""
_LOOKED_AFTER = 0.004
"""Seconds between two looks at the screen."""
_PATIENCE = 30.0


def main() -> None:
    """Measure libraries of each size, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    for size in parser.parse_args().sizes:
        print(f"{size:,} passages")
        for name, value in first_words(library_of(size, LocalEmbedder(choose_model()))).items():
            print(f"  {name}: {value:.0f}")


def first_words(library: Path) -> dict[str, float]:
    """Milliseconds until the first words and of the answer behind them: median and 95th percentile."""
    collect_seldom()
    asked = questions()[: _WARMED_BY + _QUESTIONS]
    with Workspace.open(library) as workspace:
        workspace.warm_up()
        times = asyncio.run(_ask(LoccitApp(workspace), asked))
    figures = {}
    for name, values in times.items():
        p50, p95 = np.percentile(values[_WARMED_BY:], (50, 95))
        figures |= {f"{name} p50, ms": float(p50), f"{name} p95, ms": float(p95)}
    return figures


async def _ask(app: LoccitApp, asked: Sequence[str]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"first words": [], "answer": []}
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for number, question in enumerate(asked):
            if number % _CONVERSATION == 0:
                await app.run_action("new_session")
            await app.workers.wait_for_complete()
            await pilot.pause()
            prompt = app.query_one("#prompt", Prompt)
            prompt.value = question
            await pilot.pause()  # as typed, and drawn
            before = sum(isinstance(block, Turn) for block in app.screen.query_one(Conversation).children)
            begun = time.perf_counter()
            await prompt.action_submit()
            turn = await _shown(app, before, begun)
            times["first words"].append((time.perf_counter() - begun) * 1000)
            assert turn.answer is not None
            times["answer"].append(turn.answer.timings_ms["total"])
    return times


async def _shown(app: LoccitApp, before: int, begun: float) -> Turn:
    """The new turn, as soon as a sentence in it has been given its place."""
    conversation = app.screen.query_one(Conversation)
    while time.perf_counter() - begun < _PATIENCE:
        await asyncio.sleep(_LOOKED_AFTER)
        # Looking costs what is measured: the last block alone, and its sentences only when they are there.
        last = conversation.children[-1] if len(conversation.children) > before else None
        answered = isinstance(last, Turn) and last.answer is not None
        if answered and any(line.region.height for line in cast(Turn, last).query(Sentence)):
            return cast(Turn, last)
    raise SystemExit("no answer came; is the library whole?")


if __name__ == "__main__":
    main()

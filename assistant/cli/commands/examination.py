"""Commands that examine the library: whether it is sound, and how well it finds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.commands.opening import opened
from assistant.cli.commands.options import Json
from assistant.cli.output import ExitCode, emit, emit_json

__all__ = ["doctor", "evaluate"]


def evaluate(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="JSON lines or CSV: question, document, page, quote."),
    ],
    json: Json = False,
) -> None:
    """Measure how well the library finds what your own questions ask for."""
    from assistant.cli.evaluating import print_evaluation
    from assistant.evaluating import evaluate, read_expected

    expected = read_expected(file)
    with opened() as workspace:
        evaluation = evaluate(workspace, expected)
    if json:
        emit_json(evaluation.as_json())
    else:
        print_evaluation(evaluation)


def doctor(json: Json = False) -> None:
    """Check the installation, the model and the library."""
    from assistant.health import examine

    with opened() as workspace:
        checks = list(examine(workspace))
    if json:
        emit_json({"checks": [check.as_json() for check in checks]})
    else:
        for check in checks:
            remedy = f"\n        {check.remedy}" if check.remedy else ""
            emit(f"{check.status:<5} {check.name:<10} {check.detail}{remedy}")
    if any(check.status == "fail" for check in checks):
        raise typer.Exit(ExitCode.LIBRARY)

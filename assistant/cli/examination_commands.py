"""Commands that examine the library: whether it is sound, and how well it finds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Json, opened
from assistant.cli.output import ExitCode, counted, emit, emit_json

if TYPE_CHECKING:
    from assistant.evaluation import Evaluation

__all__ = ["doctor", "evaluate"]

_NEAR = 5
"""Highest rank of a passage that is not listed as missed."""


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines or CSV: question, document, page, quote.")],
    json: Json = False,
) -> None:
    """Measure how well the library finds what your own questions ask for."""
    from assistant.evaluation import evaluate, read_expected

    expected = read_expected(file)
    with opened() as workspace:
        evaluation = evaluate(workspace, expected)
    if json:
        emit_json(evaluation.as_json())
    else:
        _print_evaluation(evaluation)


def _print_evaluation(evaluation: "Evaluation") -> None:
    """Print the figures, and each missed question with what came first instead."""
    from assistant.evaluation import DEPTH

    emit(counted(len(evaluation.outcomes), "question"))
    emit(f"right place first (hit@1):             {evaluation.hit_at(1):.3f}")
    emit(f"among the first five (hit@5):          {evaluation.hit_at(_NEAR):.3f}")
    emit(f"mean reciprocal rank (of {DEPTH}):          {evaluation.mean_reciprocal_rank:.3f}")
    missed = [outcome for outcome in evaluation.outcomes if outcome.rank is None or outcome.rank > _NEAR]
    if missed:
        emit("\nNot among the first five:")
    for outcome in missed:
        rank = f"rank {outcome.rank}" if outcome.rank else f"not in {DEPTH}"
        first = f"; first came {outcome.first}" if outcome.first else ""
        emit(f"  line {outcome.expected.line} ({rank}{first}): {outcome.expected.question}")


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

"""How well a library finds, for a terminal."""

from __future__ import annotations

from assistant.cli.output import emit
from assistant.evaluating import DEPTH, Evaluation

__all__ = ["print_evaluation"]

_NEAR = 5


def print_evaluation(evaluation: Evaluation) -> None:
    """The figures, then every question whose place is not among the first, with what came first instead."""
    count = len(evaluation.outcomes)
    emit(f"{count} {'question' if count == 1 else 'questions'}")
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

"""The judge: whether a sentence answers a question, read together."""

from index.judging.judge import Judge, OwnCrossEncoder, ShippedJudge
from index.judging.pairs import Pair

__all__ = ["Judge", "OwnCrossEncoder", "Pair", "ShippedJudge"]

"""Puts together how an answer came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from assistant.answering.confidence import threshold
from assistant.answering.evidence import Evidence
from assistant.answering.explanation import Explanation, RankedPassage, RankedSentence
from assistant.answering.weighing import Weighed
from index.retriever import Hit

__all__ = ["explain"]

_SENTENCES = 12


def explain(weighed: Weighed, chosen: Sequence[Evidence]) -> Explanation:
    """The explanation of an answer that ``chosen`` sentences make up."""
    by_meaning = sorted(weighed.hits, key=lambda hit: -hit.cosine)
    by_words = sorted((hit for hit in weighed.hits if hit.bm25 > 0), key=lambda hit: -hit.bm25)
    taken = {(item.stored.document_id, item.span.end) for item in chosen}
    return Explanation(
        kind=weighed.question.kind.value,
        asked=weighed.question.asked,
        words=tuple(weighed.weights.heaviest()),
        passages=tuple(_passage(hit, by_meaning, by_words) for hit in weighed.hits),
        sentences=tuple(
            RankedSentence(
                text=" ".join(item.text.split()),
                cosine=round(item.cosine, 4),
                coverage=round(item.coverage, 4),
                score=round(item.score, 4),
                chosen=(item.stored.document_id, item.span.end) in taken,
            )
            for item in weighed.evidence[:_SENTENCES]
        ),
        features={name: round(value, 4) for name, value in asdict(weighed.features).items()},
        confidence=round(weighed.confidence, 4),
        threshold=threshold(),
    )


def _passage(hit: Hit, by_meaning: Sequence[Hit], by_words: Sequence[Hit]) -> RankedPassage:
    return RankedPassage(
        document=hit.passage.title,
        place=hit.passage.heading,
        cosine=round(hit.cosine, 4),
        dense_rank=by_meaning.index(hit) + 1,
        bm25=round(hit.bm25, 4),
        lexical_rank=by_words.index(hit) + 1 if hit in by_words else None,
        score=round(hit.score, 4),
    )

"""Search for a quotation in a library: candidates by the full-text index, each checked against its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citing.quotation import QuotationCheck, Segment, Verdict, check_quotation, segments, stands_in
from corpus.store import DocumentStore
from corpus.text.folding import unbroken
from index.lexical import LexicalIndex

__all__ = ["QuotationFinder", "QuotationPlace"]

_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?![\w-])")
_PHRASE = 5
"""Words of a phrase: enough to be rare, few enough to avoid a changed word nearby."""
_PASSAGES = 50
_NEAR_DOCUMENTS = 8
"""Documents searched for the nearest wording."""
_RAREST = 4


@dataclass(frozen=True, slots=True)
class QuotationPlace:
    """A quotation checked against the document where it stands, or comes nearest."""

    document_id: str
    """Empty where nothing in the library is near."""
    check: QuotationCheck


class QuotationFinder:
    """Checks quotations against one library."""

    def __init__(self, store: DocumentStore, lexical: LexicalIndex) -> None:
        self._store = store
        self._lexical = lexical

    def check(self, quotation: str, document_ids: Sequence[str] = ()) -> QuotationPlace:
        """The best verdict on ``quotation`` in the library, or in ``document_ids`` where any are given."""
        likely = list(document_ids) or self._likely(quotation)
        place = self._standing(quotation, likely)
        if place is None and not document_ids:
            # Footnotes, headings and reference lists are in no passage, and a phrase may run over a passage's end.
            rest = [identity for identity in self._holding(quotation) if identity not in likely]
            place = self._standing(quotation, rest)
        return place or self._nearest(quotation, likely if document_ids else likely[:_NEAR_DOCUMENTS])

    def _standing(self, quotation: str, document_ids: Sequence[str]) -> QuotationPlace | None:
        edited = None
        for identity in document_ids:
            check = stands_in(quotation, self._text(identity))
            if check is not None and check.verdict is Verdict.OK:
                return QuotationPlace(identity, check)
            if check is not None and edited is None:
                edited = QuotationPlace(identity, check)
        return edited

    def _nearest(self, quotation: str, document_ids: Sequence[str]) -> QuotationPlace:
        places = [QuotationPlace(one, check_quotation(quotation, self._text(one))) for one in document_ids]
        best = max(places, key=lambda place: place.check.likeness, default=None)
        if best is None or best.check.verdict is Verdict.MISSING:
            return QuotationPlace("", QuotationCheck(Verdict.MISSING))
        return best

    def _likely(self, quotation: str) -> list[str]:
        """Documents with a passage that shares a phrase with the quotation, then those that share its words."""
        phrases = _phrases(quotation)
        passages = self._lexical.with_phrases(phrases, _PASSAGES)
        passages += [passage_id for passage_id, _ in self._lexical.search(quotation, _NEAR_DOCUMENTS)]
        stored = self._store.passages(passages)
        ordered = (stored[passage_id].document_id for passage_id in passages if passage_id in stored)
        return list(dict.fromkeys(ordered))

    def _holding(self, quotation: str) -> list[str]:
        """Documents that have the longest words of the quotation; every one where it stands is among them."""
        parts = [part.text for part in segments(quotation) if isinstance(part, Segment)]
        plain = max(parts, key=len, default="")
        words = sorted(set(_PLAIN.findall(plain)), key=lambda word: (-len(word), word))
        return self._store.holding(words[:_RAREST])

    def _text(self, document_id: str) -> str:
        return self._store.get(document_id).document.text


def _phrases(quotation: str) -> list[str]:
    """Runs of a few words from all over the quotation."""
    phrases = []
    for piece in unbroken(quotation):
        for part in re.split(r"\[[^\[\]]*\]|…|\.{3,}", piece):
            words = _WORD.findall(part)
            phrases += [" ".join(words[n : n + _PHRASE]) for n in range(0, max(1, len(words) - _PHRASE + 1), _PHRASE)]
    return phrases

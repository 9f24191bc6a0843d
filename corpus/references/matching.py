"""Whether an entry stands for a work that is held: by identifier, or by title together with author or year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from corpus.model import Reference
from corpus.references.names import fold_name, last_word
from corpus.references.works import Work, arxiv_of_doi, fold_title, numbers_in, versions_among

__all__ = ["HeldWorks", "signed_in"]

_CLOSE_TITLE = 92.0
"""Similarity (per cent of equal characters) from which two titles can be one; see docs/benchmarks.md."""
_SHORT_TITLE = 4
"""Titles of fewer words must be equal, and signed by the same author."""
_YEARS_APART = 2
"""Between a preprint and its publication."""
_CONTAINED_WORDS = 5


class HeldWorks:
    """The works of a library, to look entries up in."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._works = tuple(works)
        self._by_doi = {work.doi: work for work in self._works if work.doi}
        self._by_arxiv = {work.arxiv: work for work in self._works if work.arxiv}
        self._titles = {n: work.title for n, work in enumerate(self._works) if work.title}

    def find(self, reference: Reference, entry: str) -> str | None:
        """The identity of the one work that an entry stands for; ``entry`` is its text.

        Of several versions of one work it is the one of the entry's year, else the one to cite. None where nothing is
        held, and where several works fit equally well.
        """
        doi = reference.doi.casefold()
        work = self._by_doi.get(doi) or self._by_arxiv.get(reference.arxiv or arxiv_of_doi(doi))
        if work is not None and _shares_words(work.title, entry):
            return work.identity
        return self._by_title(reference, entry)

    def _by_title(self, reference: Reference, entry: str) -> str | None:
        title = fold_title(reference.title)
        scored = []
        if title:
            close = process.extract(title, self._titles, scorer=fuzz.ratio, score_cutoff=_CLOSE_TITLE, limit=5)
            scored = [(score, self._works[n]) for _, score, n in close if _same_work(self._works[n], title, reference)]
        if not scored:
            whole = f" {fold_title(entry)} "
            scored = [(100.0, work) for work in self._works if _is_contained(work, whole, reference)]
        best = [work for score, work in scored if score == max(found for found, _ in scored)]
        if len(best) > 1 and len(versions_among(best[0], best)) + 1 < len(best):
            return None
        of_year = [work for work in best if str(work.year) == reference.year[:4]]
        return max(of_year or best, key=lambda work: work.version).identity if best else None


def signed_in(work: Work, reference: Reference, entry: str) -> bool:
    """Whether an entry names an author of ``work``, or its identifier: a title alone is borne by several works."""
    doi = reference.doi.casefold()
    if (doi and doi == work.doi) or (work.arxiv and work.arxiv == (reference.arxiv or arxiv_of_doi(doi))):
        return True
    names = {last_word(name) for name in reference.authors} | {fold_name(word) for word in entry.split()}
    return bool(names & set(work.families))


def _same_work(work: Work, title: str, reference: Reference) -> bool:
    """Whether a work with a close title is the entry's: its author or its year must agree too."""
    if numbers_in(work.title) != numbers_in(title):
        return False
    signed = _signed_alike(work.families, reference.authors)
    equal = work.title.replace(" ", "") == title.replace(" ", "")
    if not equal:
        # "Meta-learning for X" is not "Transfer learning for X" of the same year: a close title needs its author.
        return signed and min(len(title.split()), len(work.title.split())) >= _SHORT_TITLE
    if signed or len(title.split()) < _SHORT_TITLE:
        return signed
    if work.year is not None and reference.year[:4].isdigit():
        return abs(work.year - int(reference.year[:4])) <= _YEARS_APART
    return not (work.families and reference.authors)


def _signed_alike(families: Sequence[str], authors: Sequence[str]) -> bool:
    return bool(families and authors) and last_word(authors[0]) in families


def _is_contained(work: Work, entry: str, reference: Reference) -> bool:
    """Whether an entry whose title was not cut out right holds the work's whole title and its first author."""
    if len(work.title.split()) < _CONTAINED_WORDS or f" {work.title} " not in entry:
        return False
    before = entry[: entry.index(f" {work.title} ")]
    return bool(work.families) and work.families[0] in {fold_name(word) for word in before.split()}


def _shares_words(title: str, entry: str) -> bool:
    """Whether an identifier belongs to its entry and not to a neighbour: half of the title's words must be there."""
    words = set(title.split())
    return not words or len(words & set(fold_title(entry).split())) >= len(words) / 2

"""Which version of a work a record describes: a preprint, or what a venue has published.

Whether two held documents are versions of one work: its preprint and its publication, or the same file twice.

An identifier that both state decides, where the titles do not speak against it. Without one the titles must be equal
but for spelling, or one be the other's beginning; the authors must agree, and the years lie no further apart than a
preprint and its publication. A title alone never identifies a work: an essay often carries that of the work it
discusses.

Whether an entry stands for a work that is held: by identifier, or by title together with author or year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b

from anyascii import anyascii
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from corpus.model import Record, Reference
from corpus.records.names import fold_name, last_word

__all__ = [
    "HeldWorks",
    "Version",
    "Work",
    "entry_keys",
    "same_work",
    "signed_in",
    "speaks_for_itself",
    "version_of",
    "versions_among",
    "work_keys",
]

_SERVER = re.compile(
    r"rxiv\b|\bssrn\b|research square|preprints?\b|\bzenodo\b|\bosf\b",
    re.IGNORECASE,
)

_SERVER_DOI = re.compile(
    r"10\.(?:48550/arxiv|1101/\d|2139/|3121[29]/|3123[45]/|20944/|26434/|21203/|5281/|36227/)", re.IGNORECASE
)

"""Prefixes of arXiv, bioRxiv and medRxiv, SSRN, OSF, Preprints.org, ChemRxiv, Research Square, Zenodo, TechRxiv."""


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version of a work; the greater one is the one to cite."""

    published: int
    """0: nothing is known; 1: a preprint; 2: published, with a preprint's number beside; 3: published."""
    number: int
    """Of a preprint, where its identifier states one; else 0."""
    name: str
    """In words, ``preprint arXiv:2001.00001v2`` or ``published in Journal of Marsupials``; empty where unknown."""


def version_of(record: Record) -> Version:
    """What the record's venue and identifiers say.

    >>> version_of(Record(arxiv="2001.00001v2")).name
    'preprint arXiv:2001.00001v2'
    """
    venue = "" if _SERVER.search(record.container_title) else record.container_title
    registered = bool(record.doi) and _SERVER_DOI.match(record.doi) is None
    stated = re.search(r"v(\d{1,3})$", record.arxiv or record.doi)
    number = int(stated[1]) if stated else 0
    if venue or registered:
        name = f"published in {venue}" if venue else f"published, doi:{record.doi}"
        return Version(2 if record.arxiv else 3, number, name)
    if record.arxiv:
        return Version(1, number, f"preprint arXiv:{record.arxiv}")
    if record.doi:
        return Version(1, number, f"preprint doi:{record.doi}")
    return Version(0, 0, "")


_CLOSE_TITLE = 88.0

"""Per cent of equal characters below which titles need no closer look."""

_YEARS_APART = 3

_SHORT_TITLE = 3

"""Titles of fewer telling words identify nothing unless all authors are the same."""

_WHOLE_WITHOUT_SUBTITLE = 3

"""A title of so many telling words may stand without the subtitle that another version has."""

_APART = frozenset({"essay", "brief"})

"""Documents about works; one is a version only of another of its kind."""

_MINOR = frozenset("a an the of on in for to and with by from at via".split())

_SAID = frozenset("i ii iii iv v vi vii viii ix x one two three four five first second third".split())

"""Words that number a part, so that a title with another one is another work's."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a held document, for finding its other versions, and for finding it in reference lists."""

    identity: str
    title: str
    """Folded, see `fold_title`."""
    families: tuple[str, ...]
    """Last words of the authors' names, folded."""
    year: int | None
    doi: str
    arxiv: str
    """Without the number of a version."""
    kind: str
    version: Version

    @classmethod
    def of(cls, identity: str, record: Record, kind: str = "document") -> Work:
        """The work that a document's record describes."""
        names = tuple(last_word(name.family or name.literal) for name in record.authors)
        arxiv = _bare_arxiv(record.arxiv) or arxiv_of_doi(record.doi)
        doi = record.doi.casefold()
        return cls(identity, fold_title(record.title), names, record.year, doi, arxiv, kind, version_of(record))


def fold_title(title: str) -> str:
    """Letters and digits in words, without accents, case and punctuation.

    >>> fold_title("Sequence-to-Sequence Learning: “A Survey”")
    'sequence to sequence learning a survey'
    """
    return " ".join(re.findall(r"[a-z0-9]+", str(anyascii(title)).casefold()))


def arxiv_of_doi(doi: str) -> str:
    """The arXiv number in a DOI that arXiv has registered, else nothing."""
    found = re.fullmatch(r"10\.48550/arxiv\.(.+)", doi.casefold())
    return _bare_arxiv(found[1]) if found else ""


def numbers_in(title: str) -> list[str]:
    """The digits and numbering words of a folded title: "Task 4" is not "Task 5", nor "Part I" "Part II"."""
    return [word for word in title.split() if word in _SAID or any(char.isdigit() for char in word)]


def same_work(one: Work, other: Work) -> bool:
    """Whether two documents are versions of one work."""
    if (one.kind in _APART or other.kind in _APART) and one.kind != other.kind:
        return False
    if (one.doi and one.doi == other.doi) or (one.arxiv and one.arxiv == other.arxiv):
        return _titles_allow(one.title, other.title)
    if one.arxiv and other.arxiv:
        return False
    if one.year is not None and other.year is not None and abs(one.year - other.year) > _YEARS_APART:
        return False
    return _titled_alike(one, other)


def versions_among(work: Work, works: Sequence[Work]) -> set[str]:
    """The identities of the other versions of a work, also of those that are versions of a version."""
    found: set[str] = set()
    open_ends = [work]
    while open_ends:
        end = open_ends.pop()
        for other in works:
            if other.identity != work.identity and other.identity not in found and same_work(end, other):
                found.add(other.identity)
                open_ends.append(other)
    return found


def work_keys(work: Work) -> set[int]:
    """Keys of which two versions of one work share at least one, so that few documents need comparing.

    Of titles that are alike all letters agree, or all telling words but one (which is no number), or the first ones.
    Each key is a hash of 64 bits, signed, as SQLite keeps it.
    """
    words = _telling(work.title.split())
    keys = {"".join(words), " ".join(words[:_WHOLE_WITHOUT_SUBTITLE])} if words else set()
    if len(words) > 2:
        keys |= {" ".join(words[:n] + words[n + 1 :]) for n, word in enumerate(words) if not numbers_in(word)}
    identifiers = {f"{name}:{value}" for name, value in (("doi", work.doi), ("arxiv", work.arxiv)) if value}
    return _hashed(keys | identifiers)


def entry_keys(reference: Reference, entry: str) -> set[int]:
    """Keys of which an entry shares at least one with the work that it stands for; ``entry`` is its text.

    Beside those of its title all runs of words that a work's title may begin with: a title is not always cut out right.
    """
    doi = reference.doi.casefold()
    arxiv = _bare_arxiv(reference.arxiv) or arxiv_of_doi(doi)
    own = Work("", fold_title(reference.title), (), None, doi, arxiv, "", Version(0, 0, ""))
    words = _telling(fold_title(entry).split())
    run = _WHOLE_WITHOUT_SUBTITLE
    return work_keys(own) | _hashed({" ".join(words[n : n + run]) for n in range(len(words) - run + 1)})


def speaks_for_itself(work: Work) -> bool:
    """Whether a list can name it: essays and briefs bear the titles of the works that they discuss."""
    return work.kind not in _APART


def _hashed(keys: set[str]) -> set[int]:
    return {int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True) for key in keys}


def _titles_allow(one: str, other: str) -> bool:
    """Whether an identifier was not merely found in a neighbour: half of the shorter title's words must be shared."""
    words, others = set(one.split()), set(other.split())
    return not words or not others or len(words & others) >= min(len(words), len(others)) / 2


def _titled_alike(one: Work, other: Work) -> bool:
    if not (one.title and other.title and _signed_alike(one.families, other.families)):
        return False
    if numbers_in(one.title) != numbers_in(other.title):
        return False
    all_agree = one.families == other.families
    words, others = _telling(one.title.split()), _telling(other.title.split())
    if "".join(words) == "".join(others):
        return len(words) >= _SHORT_TITLE or all_agree
    if one.doi and other.doi and one.version.published > 1 < other.version.published:
        return False  # two publications, registered apart, under titles that differ
    shorter, longer = sorted((words, others), key=len)
    if len(shorter) >= _WHOLE_WITHOUT_SUBTITLE and longer[: len(shorter)] == shorter:
        return all_agree
    return fuzz.ratio("".join(words), "".join(others), score_cutoff=_CLOSE_TITLE) > 0 and _spelt_alike(words, others)


def _signed_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each names the other's first author, or all of the shorter list stands in the longer."""
    if not one or not other:
        return False
    shared = set(one) & set(other)
    return len(shared) == min(len(set(one)), len(set(other))) or (one[0] in shared and other[0] in shared)


def _spelt_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether titles differ in spaces and spellings only: "modelling" for "modeling", never "English" for "French"."""
    return all(
        change == "equal" or _spelling("".join(words[a:b]), "".join(others[c:d]))
        for change, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    )


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in _MINOR]


def _spelling(one: str, other: str) -> bool:
    """Whether two words are one: a letter or two of a long one, and never at its beginning ("un-", "non-")."""
    if one == other:
        return True
    length = min(len(one), len(other))
    return length >= 5 and one[:3] == other[:3] and OSA.distance(one, other) <= (1 if length < 8 else 2)


def _bare_arxiv(arxiv: str) -> str:
    return re.sub(r"v\d+$", "", arxiv)


_ENTRY_CLOSE_TITLE = 92.0

"""Similarity (per cent of equal characters) from which two titles can be one; see docs/benchmarks.md."""

_ENTRY_SHORT_TITLE = 4

"""Titles of fewer words must be equal, and signed by the same author."""

_ENTRY_YEARS_APART = 2

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
            close = process.extract(title, self._titles, scorer=fuzz.ratio, score_cutoff=_ENTRY_CLOSE_TITLE, limit=5)
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
    signed = _entry_signed_alike(work.families, reference.authors)
    equal = work.title.replace(" ", "") == title.replace(" ", "")
    if not equal:
        # "Meta-learning for X" is not "Transfer learning for X" of the same year: a close title needs its author.
        return signed and min(len(title.split()), len(work.title.split())) >= _ENTRY_SHORT_TITLE
    if signed or len(title.split()) < _ENTRY_SHORT_TITLE:
        return signed
    if work.year is not None and reference.year[:4].isdigit():
        return abs(work.year - int(reference.year[:4])) <= _ENTRY_YEARS_APART
    return not (work.families and reference.authors)


def _entry_signed_alike(families: Sequence[str], authors: Sequence[str]) -> bool:
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

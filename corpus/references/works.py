"""Works behind documents and reference entries: versions of one work, and the held work that an entry cites.

A shared identifier decides, unless the titles contradict it. Without one the titles must be equal but for spelling, or
one the beginning of the other; the authors must agree, and the years be no further apart than those of a preprint and
its publication. A title alone never identifies a work: essays often carry the title of the work they discuss.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from corpus.model import Record, Reference
from corpus.records.names import fold_name, last_word
from corpus.text.folding import latin_words
from corpus.text.identifiers import arxiv_of_doi, bare_arxiv

__all__ = [
    "HeldWorks",
    "Version",
    "Work",
    "can_be_cited",
    "entry_keys",
    "names_author",
    "same_work",
    "version_of",
    "versions_among",
    "work_keys",
]

_SERVER = re.compile(r"rxiv\b|\bssrn\b|research square|preprints?\b|\bzenodo\b|\bosf\b", re.IGNORECASE)
_SERVER_DOI = re.compile(
    r"10\.(?:48550/arxiv|1101/\d|2139/|3121[29]/|3123[45]/|20944/|26434/|21203/|5281/|36227/)", re.IGNORECASE
)
"""DOI prefixes of arXiv, bioRxiv and medRxiv, SSRN, OSF, Preprints.org, ChemRxiv, Research Square, Zenodo, TechRxiv."""
_CLOSE_TITLE = 88.0
"""Minimum similarity (per cent of equal characters) of titles that are compared word by word."""
_YEARS_APART = 3
_SHORT_TITLE = 3
"""Titles with fewer content words identify a work only if all authors are equal."""
_WHOLE_WITHOUT_SUBTITLE = 3
"""Minimum content words of a title that may lack the subtitle of another version."""
_APART = frozenset({"essay", "brief"})
"""Kinds of documents about works; they are versions only of documents of the same kind."""
_MINOR = frozenset("a an the of on in for to and with by from at via".split())
_NUMERALS = frozenset("i ii iii iv v vi vii viii ix x one two three four five first second third".split())
"""Words that number a part: titles that differ in them are of different works."""
_ENTRY_CLOSE_TITLE = 92.0
"""Minimum similarity (per cent of equal characters) of an entry's title; see docs/benchmarks.md."""
_ENTRY_SHORT_TITLE = 4
"""Titles with fewer words must be equal and have the same author."""
_ENTRY_YEARS_APART = 2
"""Maximum distance between a preprint and its publication."""
_CONTAINED_WORDS = 5
"""Minimum words of a title that is searched in the whole entry."""


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version of a work; the greatest is the one to cite."""

    published: int
    """0: unknown; 1: preprint; 2: published, with a preprint's number too; 3: published."""
    number: int
    """Version number in the identifier; 0 if it states none."""
    name: str
    """For display, ``preprint arXiv:2001.00001v2`` or ``published in Journal of Marsupials``; empty where unknown."""


@dataclass(frozen=True, slots=True)
class Work:
    """What identifies a held document among its versions and in reference lists."""

    identity: str
    title: str
    """Folded by `latin_words`, separated by spaces."""
    families: tuple[str, ...]
    """Last words of the authors' names, folded."""
    year: int | None
    doi: str
    arxiv: str
    """Without version."""
    kind: str
    version: Version

    @classmethod
    def of(cls, identity: str, record: Record, kind: str = "document") -> "Work":
        """The work that a document's record describes."""
        names = tuple(last_word(name.family or name.literal) for name in record.authors)
        arxiv = bare_arxiv(record.arxiv) or arxiv_of_doi(record.doi)
        doi = record.doi.casefold()
        return cls(identity, _fold_title(record.title), names, record.year, doi, arxiv, kind, version_of(record))


class HeldWorks:
    """The works of a library, searched by reference entries."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._works = tuple(works)
        self._by_doi = {work.doi: work for work in self._works if work.doi}
        self._by_arxiv = {work.arxiv: work for work in self._works if work.arxiv}
        self._titles = {n: work.title for n, work in enumerate(self._works) if work.title}

    def find(self, reference: Reference, entry: str) -> str | None:
        """The identity of the work that an entry with the text ``entry`` cites.

        Of several versions it is the one of the entry's year, else the one to cite. None if no work is held, or if
        several fit equally well.
        """
        doi, arxiv = _identifiers(reference)
        work = self._by_doi.get(doi) or self._by_arxiv.get(arxiv)
        if work is not None and _shares_words(work.title, entry):
            return work.identity
        return self._by_title(reference, entry)

    def _by_title(self, reference: Reference, entry: str) -> str | None:
        title = _fold_title(reference.title)
        scored = []
        if title:
            close = process.extract(title, self._titles, scorer=fuzz.ratio, score_cutoff=_ENTRY_CLOSE_TITLE, limit=5)
            scored = [
                (score, self._works[n]) for _, score, n in close if _titles_match(self._works[n], title, reference)
            ]
        if not scored:
            whole = f" {_fold_title(entry)} "
            scored = [(100.0, work) for work in self._works if _is_contained(work, whole, reference)]
        best = [work for score, work in scored if score == max(found for found, _ in scored)]
        if len(best) > 1 and len(versions_among(best[0], best)) + 1 < len(best):
            return None
        of_year = [work for work in best if str(work.year) == reference.year[:4]]
        return max(of_year or best, key=lambda work: work.version).identity if best else None


def version_of(record: Record) -> Version:
    """The version that a record describes, by its venue and identifiers.

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
    """The identities of the other versions of a work, transitively."""
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
    """Blocking keys: two versions of one work share at least one, so few documents need comparing.

    Keys are made from all letters of the title, all content words but one (not a number), the first words, and the
    identifiers. Each is a signed 64-bit hash, as SQLite stores it.
    """
    words = _content_words(work.title.split())
    keys = {"".join(words), " ".join(words[:_WHOLE_WITHOUT_SUBTITLE])} if words else set()
    if len(words) > 2:
        keys |= {" ".join(words[:n] + words[n + 1 :]) for n, word in enumerate(words) if not _numbers_in(word)}
    identifiers = {f"{name}:{value}" for name, value in (("doi", work.doi), ("arxiv", work.arxiv)) if value}
    return _hashed(keys | identifiers)


def entry_keys(reference: Reference, entry: str) -> set[int]:
    """Blocking keys of an entry with the text ``entry``: it shares at least one with the work it cites.

    Beside those of its title they cover every run of words that may begin a title, because parsed titles may be wrong.
    """
    doi, arxiv = _identifiers(reference)
    own = Work("", _fold_title(reference.title), (), None, doi, arxiv, "", Version(0, 0, ""))
    words = _content_words(_fold_title(entry).split())
    run = _WHOLE_WITHOUT_SUBTITLE
    return work_keys(own) | _hashed({" ".join(words[n : n + run]) for n in range(len(words) - run + 1)})


def can_be_cited(work: Work) -> bool:
    """Whether reference lists can mean it: essays and briefs carry the titles of works they discuss."""
    return work.kind not in _APART


def names_author(work: Work, reference: Reference, entry: str) -> bool:
    """Whether an entry names an author of ``work`` or its identifier; a title alone may belong to several works."""
    doi, arxiv = _identifiers(reference)
    if (doi and doi == work.doi) or (arxiv and arxiv == work.arxiv):
        return True
    names = {last_word(name) for name in reference.authors} | {fold_name(word) for word in entry.split()}
    return bool(names & set(work.families))


def _identifiers(reference: Reference) -> tuple[str, str]:
    """DOI and arXiv number of an entry, folded as those of a `Work`."""
    doi = reference.doi.casefold()
    return doi, bare_arxiv(reference.arxiv) or arxiv_of_doi(doi)


def _fold_title(title: str) -> str:
    return " ".join(latin_words(title))


def _numbers_in(title: str) -> list[str]:
    """The digits and numerals of a folded title: "Task 4" is not "Task 5", nor "Part I" "Part II"."""
    return [word for word in title.split() if word in _NUMERALS or any(char.isdigit() for char in word)]


def _hashed(keys: set[str]) -> set[int]:
    return {int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True) for key in keys}


def _titles_allow(one: str, other: str) -> bool:
    """Whether titles share half of the shorter one's words; otherwise the identifier may be a neighbour's."""
    words, others = set(one.split()), set(other.split())
    return not words or not others or len(words & others) >= min(len(words), len(others)) / 2


def _titled_alike(one: Work, other: Work) -> bool:
    if not (one.title and other.title and _signed_alike(one.families, other.families)):
        return False
    if _numbers_in(one.title) != _numbers_in(other.title):
        return False
    all_agree = one.families == other.families
    words, others = _content_words(one.title.split()), _content_words(other.title.split())
    if "".join(words) == "".join(others):
        return len(words) >= _SHORT_TITLE or all_agree
    if one.doi and other.doi and one.version.published > 1 < other.version.published:
        return False  # two publications with their own DOIs and different titles
    shorter, longer = sorted((words, others), key=len)
    if len(shorter) >= _WHOLE_WITHOUT_SUBTITLE and longer[: len(shorter)] == shorter:
        return all_agree
    return fuzz.ratio("".join(words), "".join(others), score_cutoff=_CLOSE_TITLE) > 0 and _spelt_alike(words, others)


def _signed_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each list has the other's first author, or the longer one has all of the shorter."""
    if not one or not other:
        return False
    shared = set(one) & set(other)
    return len(shared) == min(len(set(one)), len(set(other))) or (one[0] in shared and other[0] in shared)


def _spelt_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether titles differ only in spaces and spelling: "modelling", "modeling", but not "English", "French"."""
    return all(
        change == "equal" or _same_spelling("".join(words[a:b]), "".join(others[c:d]))
        for change, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    )


def _content_words(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in _MINOR]


def _same_spelling(one: str, other: str) -> bool:
    """Whether words differ by at most two letters of a long word, not at its beginning ("un-", "non-")."""
    if one == other:
        return True
    length = min(len(one), len(other))
    return length >= 5 and one[:3] == other[:3] and OSA.distance(one, other) <= (1 if length < 8 else 2)


def _titles_match(work: Work, title: str, reference: Reference) -> bool:
    """Whether a work with a similar title is the entry's: its author or its year must agree too."""
    if _numbers_in(work.title) != _numbers_in(title):
        return False
    signed = bool(reference.authors) and last_word(reference.authors[0]) in work.families
    equal = work.title.replace(" ", "") == title.replace(" ", "")
    if not equal:
        # "Meta-learning for X" is not "Transfer learning for X" of the same year.
        return signed and min(len(title.split()), len(work.title.split())) >= _ENTRY_SHORT_TITLE
    if signed or len(title.split()) < _ENTRY_SHORT_TITLE:
        return signed
    if work.year is not None and reference.year[:4].isdigit():
        return abs(work.year - int(reference.year[:4])) <= _ENTRY_YEARS_APART
    return not (work.families and reference.authors)


def _is_contained(work: Work, entry: str, reference: Reference) -> bool:
    """Whether the entry's text has the work's whole title after its first author; its parsed title may be wrong."""
    if len(work.title.split()) < _CONTAINED_WORDS or f" {work.title} " not in entry:
        return False
    before = entry[: entry.index(f" {work.title} ")]
    return bool(work.families) and work.families[0] in {fold_name(word) for word in before.split()}


def _shares_words(title: str, entry: str) -> bool:
    """Whether the entry has half of the title's words; otherwise its identifier may be a neighbour's."""
    words = set(title.split())
    return not words or len(words & set(_fold_title(entry).split())) >= len(words) / 2

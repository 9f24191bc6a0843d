"""Reference lists: their entries, and the in-text citations that point to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anyascii import anyascii

from corpus.model import Block, BlockKind, Mention, Reference, Section, SectionKind
from corpus.sections import section_at

__all__ = ["find_mentions", "find_references"]

_YEAR = r"(?:1[89]|20)\d{2}[a-z]?"
_LABEL = re.compile(r"^(?:\[(?P<bracket>\d{1,3})\]|(?P<plain>\d{1,3})\.)\s+")
_CITED_AS = re.compile(rf"^(?P<authors>[^()]{{2,80}}?)\s*\((?P<year>{_YEAR}|n\.d\.)\)\s+(?=\S)")
_ANY_YEAR = re.compile(rf"(?<![\d.:/-])(?P<year>{_YEAR})(?![\d/-])")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_ARXIV = re.compile(r"(?:arXiv[:\s]*|arxiv\.org/(?:abs|pdf)/)(\d{4}\.\d{4,5})", re.I)
_URL = re.compile(r"https?://[^\s)>\]]+")
_QUOTED = re.compile(r"(?:[“\"]|``)(?P<title>[^”\"]{5,300}?)[,.]?(?:[”\"]|'')")
_INITIALS = r"(?:[A-Z]\.[\s-]?)+"
_SMALL_IN_NAMES = frozenset("and et al von van der den de del della di da dos du la le ter ten".split())
_GOES_ON = re.compile(
    r"(?:[A-Z]\.|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?(?:,|\.|\s(?:and|&|et)\s)|and\s|&|[a-z]{2,3}\s[A-Z])"
)
_ET_AL = re.compile(r",?\s*(?:et al\.?|and others)\s*$", re.I)

_BETWEEN_NAMES = re.compile(r",\s+(?:and\s+)?|\s+and\s+|\s&\s")
_BODIES = frozenset(
    "agency alliance association authority bank bureau center centre commission committee community consortium council "
    "department foundation government group initiative institute lab labs ministry nations office organisation "
    "organization parliament project research society states team union university".split()
)

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:[ -](?:[a-zà-ö]{2,3} )?[A-ZÀ-ÖØ-Þ][\w’'-]*){0,4}"
_AUTHORS = rf"{_NAME}(?:\s+et\s+al\.?|(?:,\s+{_NAME}){{0,3}},?\s+(?:and|&)\s+{_NAME})?"
_NARRATIVE = re.compile(rf"(?P<authors>{_AUTHORS})(?:’s|'s)?,?\s+[(\[](?P<year>{_YEAR})[^()\[\]]{{0,40}}[)\]]")
_PARENTHESIS = re.compile(rf"\((?P<inside>[^()]*?{_YEAR}[^()]*)\)")
_GROUP_PART = re.compile(rf"(?P<authors>{_AUTHORS}),?\s+(?P<years>{_YEAR}(?:,\s*{_YEAR})*)")


def find_references(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Reference, ...]:
    """The entries of every reference list: one a paragraph or list item below such a heading."""
    entries: list[Reference] = []
    for block in blocks:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            continue
        section = section_at(sections, block.start)
        if section is not None and sections[section].kind is SectionKind.REFERENCES:
            entries.append(_parse_entry(text, block))
    return tuple(entries)


def _parse_entry(text: str, block: Block) -> Reference:
    entry = text[block.start : block.end]
    label = _LABEL.match(entry)
    body = entry[label.end() :] if label else entry
    cited_as = _CITED_AS.match(body)
    doi, arxiv, url = _DOI.search(body), _ARXIV.search(body), _URL.search(body)
    authors, year, rest = _split_head(body, cited_as)
    return Reference(
        start=block.start,
        end=block.end,
        authors=authors,
        year=year,
        title=_title(rest),
        doi=doi.group().rstrip(".,;)") if doi else "",
        arxiv=arxiv.group(1) if arxiv else "",
        url=url.group().rstrip(".,;") if url else "",
        label=(label["bracket"] or label["plain"]) if label else "",
    )


def _split_head(body: str, cited_as: re.Match[str] | None) -> tuple[tuple[str, ...], str, str]:
    """Family names, year, and what follows them."""
    if cited_as is not None:
        # "Ahia et al. (2023) Orevaoghene Ahia, … 2023. Title." or "Kapoor, S.; … (2024). Title."
        year = cited_as["year"]
        rest = body[cited_as.end() :]
        repeated = re.search(rf"(?<!\w){re.escape(year)}\.\s+", rest)
        return _families(cited_as["authors"]), year, rest[repeated.end() :] if repeated else rest
    quoted = _QUOTED.search(body)
    if quoted and not _ANY_YEAR.search(body, 0, quoted.start()):
        # A. Lee and M. Major, “Title,” Journal, 2019.
        years = [match["year"] for match in _ANY_YEAR.finditer(body, quoted.end())]
        return _families(body[: quoted.start()]), years[-1] if years else "", body[quoted.start() :]
    parenthesis = re.search(rf"\((?P<year>{_YEAR})[^)]*\)[.,:]?\s*", body)
    if parenthesis and parenthesis.start() < 300:
        return _families(body[: parenthesis.start()]), parenthesis["year"], body[parenthesis.end() :]
    plain = _ANY_YEAR.search(body)
    if plain and body[plain.end() : plain.end() + 1] == "." and _is_only_names(body[: plain.start()]):
        return _families(body[: plain.start()]), plain["year"], body[plain.end() + 1 :].strip()
    names, rest = _split_names(body)
    years = [match["year"] for match in _ANY_YEAR.finditer(rest)]
    return _families(names), years[-1] if years else "", rest


def _is_only_names(head: str) -> bool:
    """Whether nothing but names stands before a year: a title has small words, or comes behind a stop."""
    words = re.findall(r"[^\W\d_]+", head)
    return ". " not in head.rstrip(" .") or not any(word.islower() and word not in _SMALL_IN_NAMES for word in words)


def _split_names(body: str) -> tuple[str, str]:
    """What stands before and behind the first stop that ends no initial: "A. B. Lee and C. Major. Title"."""
    for stop in re.finditer(r"\.\s+", body):
        last = re.search(r"[^\s.,-]+$", body[: stop.start()])
        following = body[stop.end() :]
        if last and len(last.group()) == 1 and last.group().isupper() and _GOES_ON.match(following):
            continue
        return body[: stop.start() + 1], following
    return body, ""


def _families(text: str) -> tuple[str, ...]:
    # The last stop stays: it may be that of an initial.
    text = _ET_AL.sub("", text.strip(" ,;:")).strip(" ,;:")
    if not text.strip("."):
        return ()
    if ";" in text:
        parts = [part.split(",")[0] for part in text.split(";")]
    elif re.match(rf"^[^,]+,\s*{_INITIALS}(?:,|&|and\b|$)", text):
        # "Kapoor, S., Bommasani, R., & Klyman, K."
        parts = re.findall(rf"([^,&]+?),\s*{_INITIALS}(?=[,&]|and\b|$)", text)
    elif re.fullmatch(r"(?:[a-z]+ )*[^\s,]+, [^\s,]+(?: [^\s,]+)?", text) and not re.search(r"&|\band\b", text):
        # "Solaiman, Irene"
        parts = [text.split(",")[0]]
    else:
        text = text.strip(".")
        parts = [text] if _is_body(text) else [_last_name(chunk) for chunk in _BETWEEN_NAMES.split(text)]
    return tuple(part for part in (_family(part) for part in parts) if part and part != "...")


def _is_body(text: str) -> bool:
    """Whether an organisation signs: "Open Source Initiative", "European Union"."""
    words = text.split()
    if _BETWEEN_NAMES.search(text) or any(len(word.strip(".")) == 1 for word in words):
        return False
    return len(words) > 2 or (len(words) == 2 and words[1].casefold() in _BODIES)


def _last_name(name: str) -> str:
    """``Lee`` of "Ann B. Lee" and of "Lee AB"."""
    words = name.split()
    if len(words) > 1 and re.fullmatch(r"[A-Z]{1,3}", words[-1]):
        words.pop()
    return words[-1] if words else ""


def _family(part: str) -> str:
    """A family name without the ``and`` or ``&`` that led up to it."""
    return re.sub(r"^(?:and|&)\s+", "", part.strip(" .,&"))


def _title(rest: str) -> str:
    quoted = _QUOTED.match(rest.lstrip())
    if quoted:
        return quoted["title"]
    end = re.search(r"[.?!](?:\s|$)", rest)
    return rest[: end.start() + (rest[end.start()] != ".")].strip() if end else rest.strip()


def find_mentions(text: str, sections: Sequence[Section], references: Sequence[Reference]) -> tuple[Mention, ...]:
    """The author-year citations outside the reference list, in order, each with the one entry that it fits."""
    if not references:
        return ()
    index = _index(references)
    mentions = []
    for start, end, authors, year in sorted(_candidates(text)):
        section = section_at(sections, start)
        if section is not None and sections[section].kind is SectionKind.REFERENCES:
            continue
        mentions.append(Mention(start, end, _resolve(index, authors, year)))
    return tuple(mentions)


def _candidates(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _NARRATIVE.finditer(text):
        yield match.start(), match.end(), match["authors"], match["year"]
    for group in _PARENTHESIS.finditer(text):
        offset = group.start("inside")
        for part in _GROUP_PART.finditer(group["inside"]):
            for year in re.findall(_YEAR, part["years"]):
                yield offset + part.start(), offset + part.end(), part["authors"], year


_Index = dict[tuple[str, str], list[tuple[int, Reference]]]


def _index(references: Sequence[Reference]) -> _Index:
    index: _Index = {}
    for number, reference in enumerate(references):
        if reference.authors and reference.year:
            index.setdefault((_fold(reference.authors[0]), reference.year), []).append((number, reference))
    return index


def _resolve(index: _Index, authors: str, year: str) -> int | None:
    names = [
        _fold(name)
        for name in re.split(r",\s+(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+|\s+et\s+al", authors)
        if name.strip(" .")
    ]
    if not names:
        return None
    # A sentence's first words may stand in front of the name: "However, Kapoor et al. (2024)".
    for first in (names[0], names[0].split()[-1]):
        found = index.get((first, year), [])
        if len(names) > 1 and len(found) > 1:
            found = [(n, ref) for n, ref in found if len(ref.authors) > 1 and _fold(ref.authors[1]) == names[1]]
        if len(found) == 1:
            return found[0][0]
    return None


def _fold(name: str) -> str:
    return str(anyascii(name)).casefold().strip(" .'").removesuffix("'s")

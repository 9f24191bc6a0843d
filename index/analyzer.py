"""The analyzer: text to the terms under which words are indexed and looked up.

A word becomes one term: lower case, accents removed, American spelling, Porter's stem. Some words become several:
letters and figures written together are indexed as written and apart, because "IL6" is also written "IL-6"; compounds
of ``data/compounds.txt`` as their two parts, because "pretraining" is also written "pre-training"; Greek letters by
their names, because "TNF-α" is also written "TNF-alpha". Chinese, Japanese and Korean have no spaces to cut at: every
two neighbouring characters are a term (and the last character by itself), so that a stretch of any length is found as a
phrase. British spellings become American ones by rules for the regular classes and by ``data/spellings.txt``.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Hashes",
    "american",
    "compound_prefixes",
    "is_ideographic",
    "is_mixed",
    "read_lines",
    "split_compound",
    "stem",
    "stems",
    "term_hash",
    "term_hashes",
    "terms",
]

Hashes = NDArray[np.uint32]
"""CRC-32 of terms, in text order."""
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_MIN_BYTES, _MAX_BYTES = 3, 64
"""Bytes; shorter and longer words have no stem."""
_RUN = re.compile(r"\d+|[^\W\d_]+")
_MIXED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon "
    "phi chi psi omega".split()
)
_GREEK = {ord(char): f" {name} " for char, name in zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK_NAMES, strict=True)}
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
"""Letters that do not decompose into a plain letter and an accent."""
_GREEK_WORD = re.compile(r"[α-ωά-ώ]{3,}")
"""A word of Greek prose, which stays Greek."""
_IDEOGRAPHIC = re.compile(
    "[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)

_MIN_SPELLING = 4
"""Letters; shorter words have one spelling."""
_IZE = re.compile(r"^(\w{3,})is(e[drs]?|ers|ing|ingly|ation|ations|ational|able|ability)$")
_ONLY_ISE = re.compile(
    r"^(?:\w*(?:rais|nois|pois|wis|guis|ruis|pris|(?:dem|surm|prem|prom)is|(?<!ti)vis)|(?:pre|con|ex|in|circum)cis|advertis|aris|chastis|"
    r"compromis|despis|exercis|expertis|franchis|merchandis|paradis|ris|sunris|treatis|turquois|anis|chemis|valis|bas|rins|cerise)"
)
_YZE = re.compile(r"^(\w*(?:anal|paral|catal|hydrol|electrol|dial))ys(e[drs]?|ers|ing|is)$")
_OUR = re.compile(
    r"^(arbo|ardo|armo|behavio|cando|clamo|colo|demeano|discolo|dishono|endeavo|enamo|favo|fervo|flavo|glamo|harbo|hono|"
    r"humo|labo|misbehavio|neighbo|odo|parlo|ranco|rigo|rumo|savio|savo|splendo|succo|tumo|valo|vapo|vigo|watercolo)ur"
)
_RE = re.compile(
    r"^((?:centi|deci|hecto|kilo|micro|milli|nano|pico|epi|amphi|bary|hypo)?(?:met|lit|cent|theat|calib|fib|lust|meag|"
    r"sab|somb|spect|reconnoit|mit|nit|goit))re(s|d)?$"
)
_OGUE = re.compile(r"^(catal|dial|anal|monol|prol|epil|homol)ogue")
_LIGATURE_PAIRS = (
    r"^(an|leuk|bacter|isch|ur|septic|tox|glyc|hypoglyc|hyperglyc|thalass|hypox|lipid)aem=\1em haem=hem "
    r"aemi(a|c)=emi\1 aesth=esth paed=ped ^aetio=etio oestr=estr oesoph=esoph oedem=edem ^foet=fet rrhoe=rrhe "
    r"^faec=fec gynaec=gynec ^caes=ces archaeo=archeo palaeo=paleo manoeuv=maneuv ^coelia=celia amoeb=ameb "
    r"homoeo=homeo sulph=sulf mediaev=mediev"
)
"""British patterns with their American replacements."""
_LIGATURES = [(re.compile(old), new) for old, _, new in (pair.partition("=") for pair in _LIGATURE_PAIRS.split())]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the term of a lower-case word.

    >>> stem("colours"), stem("café"), stem("organising") == stem("organization")
    ('color', 'cafe', True)
    """
    if not word.isascii():
        bare = unicodedata.normalize("NFD", word.translate(_LETTERS))
        plain = "".join(char for char in bare if not unicodedata.combining(char))
        word = unicodedata.normalize("NFC", plain).encode("utf-8", "replace").decode()
    if not _MIN_BYTES <= len(word.encode()) <= _MAX_BYTES:
        return word
    return str(_stemmer().stemWord(american(word)))


def terms(text: str) -> Iterator[str]:
    """Yield every term of ``text``, in order.

    >>> list(terms("Labelled data: 語言模型"))
    ['label', 'data', '語言', '言模', '模型', '型']
    >>> list(terms("TNF-α, GPT3, datasets"))
    ['tnf', 'alpha', 'gpt3', 'gpt', '3', 'data', 'set']
    """
    for word in _WORD.findall(text):
        yield from _forms(word.lower()) if word.isascii() else _foreign(word.lower())


def stems(text: str) -> set[str]:
    """Return the distinct terms of ``text``."""
    return set(terms(text))


def is_ideographic(text: str) -> bool:
    """Whether ``text`` holds characters of Chinese, Japanese or Korean."""
    return _IDEOGRAPHIC.search(text) is not None


def is_mixed(word: str) -> bool:
    """Whether letters and figures stand next to each other in ``word``."""
    return _MIXED.search(word) is not None


@lru_cache(maxsize=200_000)
def term_hash(term: str) -> int:
    """Return the 32-bit number of a term, the same on every machine."""
    return zlib.crc32(term.encode("utf-8", "replace"))


def term_hashes(found: Iterable[str]) -> Hashes:
    """Return the numbers of terms, in order."""
    return np.fromiter((term_hash(term) for term in found), dtype=np.uint32)


def american(word: str) -> str:
    """Return the American spelling of a lower-case word, or the word itself.

    >>> [american(word) for word in ("colour", "organisation", "licence", "centre", "advise", "tour")]
    ['color', 'organization', 'license', 'center', 'advise', 'tour']
    """
    if len(word) < _MIN_SPELLING or not word.isascii():
        return word
    known = _spelling_pairs().get(word)
    if known is not None:
        return known
    if "is" in word and (match := _IZE.match(word)) and not _ONLY_ISE.match(word):
        return f"{match[1]}iz{match[2]}"
    if "ys" in word and (match := _YZE.match(word)):
        # One form for "analysis", "analyses" (of either) and "analyse".
        return f"{match[1]}yz{'e' if match[2] == 'is' else match[2]}"
    if "our" in word and (match := _OUR.match(word)):
        return f"{match[1]}r{word[match.end() :]}"
    if "re" in word and (match := _RE.match(word)):
        return f"{match[1]}er{'ed' if match[2] == 'd' else match[2] or ''}"
    if "ogue" in word and (match := _OGUE.match(word)):
        return f"{match[1]}og{word[match.end() :]}"
    for pattern, replacement in _LIGATURES:
        word = pattern.sub(replacement, word)
    return word


def split_compound(word: str) -> tuple[str, ...]:
    """Return the two parts of a lower-case compound that is also written apart, or the word alone.

    >>> split_compound("datasets"), split_compound("dated")
    (('data', 'sets'), ('dated',))
    """
    found = _compound().match(word)
    return (found[0], word[found.end() :]) if found else (word,)


def compound_prefixes(beginning: str) -> list[tuple[str, str]]:
    """Return the compounds that start with ``beginning`` and more than their first part: (first part, rest of it).

    >>> compound_prefixes("datas"), compound_prefixes("dat")
    ([('data', 's')], [])
    """
    return [
        (first, beginning[len(first) :])
        for first, second in _compound_pairs()
        if len(beginning) > len(first)
        and (beginning.startswith(first + second) or (first + second).startswith(beginning))
    ]


def read_lines(name: str) -> list[str]:
    """Return the lines of a file in ``index/data``, without empty ones and comments."""
    text = files("index").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=200_000)
def _forms(word: str) -> tuple[str, ...]:
    """Return the terms of a lower-case word."""
    apart = _RUN.findall(word) if is_mixed(word) else ()
    return tuple(stem(part) for part in (*split_compound(word), *apart))


def _foreign(word: str) -> Iterator[str]:
    """Yield the terms of a lower-case word with letters that English does not have."""
    parts = [word] if _GREEK_WORD.search(word) else word.translate(_GREEK).split()
    for part in parts:
        yield from _ideographic(part) if _IDEOGRAPHIC.search(part) else _forms(part)


def _ideographic(word: str) -> Iterator[str]:
    """Yield the terms of a word in which ideographic stretches may stand next to letters."""
    done = 0
    for match in _IDEOGRAPHIC.finditer(word):
        if match.start() > done:
            yield stem(word[done : match.start()])
        run = match.group()
        yield from (run[i : i + 2] for i in range(len(run)))
        done = match.end()
    if done < len(word):
        yield stem(word[done:])


@cache
def _spelling_pairs() -> dict[str, str]:
    """Return the American spelling of each irregular British one."""
    lines = (line.split() for line in read_lines("spellings.txt"))
    return {british: target for target, *forms in lines for british in forms}


@cache
def _compound_pairs() -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in map(str.split, read_lines("compounds.txt")))


@cache
def _compound() -> re.Pattern[str]:
    return re.compile("|".join(f"{first}(?={second})" for first, second in _compound_pairs()))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("porter")

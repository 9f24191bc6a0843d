"""One spelling for words that are spelt in two ways: British forms are led to American ones.

Only for finding: nothing that is shown passes through here. Rules cover the regular classes; a word that looks like
one of a class but has a single spelling (``advise``, ``four``) is excepted by its beginning.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["american"]

_SHORTEST = 4
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
_LIGATURES = (
    (re.compile(r"^(an|leuk|bacter|isch|ur|septic|tox|glyc|hypoglyc|hyperglyc|thalass|hypox|lipid)aem"), r"\1em"),
    (re.compile(r"haem"), "hem"),
    (re.compile(r"aemi(a|c)"), r"emi\1"),
    (re.compile(r"aesth"), "esth"),
    (re.compile(r"paed"), "ped"),
    (re.compile(r"^aetio"), "etio"),
    (re.compile(r"oestr"), "estr"),
    (re.compile(r"oesoph"), "esoph"),
    (re.compile(r"oedem"), "edem"),
    (re.compile(r"^foet"), "fet"),
    (re.compile(r"rrhoe"), "rrhe"),
    (re.compile(r"^faec"), "fec"),
    (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"^caes"), "ces"),
    (re.compile(r"archaeo"), "archeo"),
    (re.compile(r"palaeo"), "paleo"),
    (re.compile(r"manoeuv"), "maneuv"),
    (re.compile(r"^coelia"), "celia"),
    (re.compile(r"amoeb"), "ameb"),
    (re.compile(r"homoeo"), "homeo"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"mediaev"), "mediev"),
)


@cache
def _pairs() -> dict[str, str]:
    text = files("index").joinpath("data/spellings.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {british: target for target, *forms in lines for british in forms}


def american(word: str) -> str:
    """The American spelling of a lower-case word, or the word itself.

    >>> [american(word) for word in ("colour", "organisation", "licence", "centre", "advise", "tour")]
    ['color', 'organization', 'license', 'center', 'advise', 'tour']
    """
    if len(word) < _SHORTEST or not word.isascii():
        return word
    known = _pairs().get(word)
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

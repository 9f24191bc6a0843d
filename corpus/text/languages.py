"""The language of a text: by its script, and where several languages share one, by their function words.

Function words are a third of any running text and depend on no subject (Ingle, "A language identification table", The
Incorporated Linguist, 1976). A text too short, or with too few of them, has no language rather than a guessed one.
"""

import re
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files

from corpus.model import Origin

__all__ = ["DETECTED", "LANGUAGES", "detect_language"]

DETECTED = Origin("words of the text", 0.9)
"""Origin of a detected language."""

LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "ro", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "tr", "ru", "uk", "bg"),
    *("ar", "fa", "ur", "el", "he", "th", "ja", "ko", "zh"),
)
"""Detectable languages, in ISO 639-1."""

_WINDOW = 8_000
"""Characters sampled at the beginning and after each third of a text."""
_LEAST_WORDS = 20
_LEAST_SHARE = 0.05
"""Minimum share of the language's function words; words of several languages count in parts."""
_LEAD = 1.3
"""Minimum ratio to the score of the next language."""
_LEAST_SCRIPT = 0.6
"""Minimum share of letters in the most common script."""

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "latin": re.compile("[A-Za-zÀ-ɏ]"),
    "cyrillic": re.compile("[Ѐ-ӿ]"),
    "greek": re.compile("[Ͱ-Ͽἀ-῿]"),
    "hebrew": re.compile("[א-ת]"),
    "arabic": re.compile("[ء-ۓ]"),
    "thai": re.compile("[ก-๛]"),
    "hangul": re.compile("[가-힣]"),
    "kana": re.compile("[ぁ-ヿ]"),
    "han": re.compile("[㐀-鿿]"),
}
_LETTERS_OF_A_WORD = {"hangul": 2.0, "kana": 2.0, "han": 3.0}
"""Letters of an alphabet that one character equals."""
_ONE_LANGUAGE = {"greek": "el", "hebrew": "he", "thai": "th", "hangul": "ko", "han": "zh", "kana": "ja"}
_ARABIC = (("ur", re.compile("[ٹڈڑں]")), ("fa", re.compile("[پچژگ]")))
"""Languages by letters that Arabic lacks; Urdu first, because it has the Persian ones too."""
_FOREIGN_LETTERS = 0.005
"""Minimum share of such letters."""
_KANA = 0.1
"""Minimum share of kana among kana and ideographs of a Japanese text."""


def detect_language(text: str) -> str:
    """The language that most of ``text`` is written in, in ISO 639-1; empty if that is not certain.

    >>> detect_language("The library keeps what was read, and it can be asked for the place where it stands in a file.")
    'en'
    >>> detect_language("Plums 12")
    ''
    """
    thirds = (0, len(text) // 3, 2 * len(text) // 3)
    sample = text if len(text) <= 3 * _WINDOW else " ".join(text[start : start + _WINDOW] for start in thirds)
    script = _script(sample)
    if script in ("latin", "cyrillic"):
        return _by_words(sample)
    if script == "arabic":
        letters = len(_SCRIPTS["arabic"].findall(sample))
        found = (code for code, own in _ARABIC if len(own.findall(sample)) > _FOREIGN_LETTERS * letters)
        return next(found, "ar")
    return _ONE_LANGUAGE.get(script, "")


def _script(sample: str) -> str:
    """The script of most letters; empty if there are too few letters or none is common enough."""
    counts = Counter(
        {name: len(letters.findall(sample)) * _LETTERS_OF_A_WORD.get(name, 1.0) for name, letters in _SCRIPTS.items()}
    )
    if counts["kana"] and counts["kana"] / 2 >= _KANA * (counts["kana"] / 2 + counts["han"] / 3):
        counts["kana"] += counts.pop("han")
    (script, most), *_ = counts.most_common(1)
    return script if most >= max(_LEAST_SCRIPT * counts.total(), 3 * _LEAST_WORDS) else ""


def _by_words(sample: str) -> str:
    words = _WORD.findall(sample.lower())
    known, scores = _function_words(), Counter[str]()
    for word in words:
        scores.update(known.get(word, {}))
    if len(words) < _LEAST_WORDS or not scores:
        return ""
    (first, most), *rest = scores.most_common(2)
    clear = not rest or most >= _LEAD * rest[0][1]
    return first if clear and most >= _LEAST_SHARE * len(words) else ""


@cache
def _function_words() -> dict[str, dict[str, float]]:
    """The languages of each word, with its weight: 1 divided by their number."""
    lines = files("corpus.text").joinpath("data/functionwords.txt").read_text("utf-8").splitlines()
    by_word: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line and not line.startswith("#"):
            language, *words = line.split()
            for word in words:
                by_word[word].add(language)
    return {word: dict.fromkeys(sorted(found), 1 / len(found)) for word, found in by_word.items()}

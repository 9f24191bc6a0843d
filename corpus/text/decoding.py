"""Decoding of bytes: byte-order mark, UTF-8, UTF-16, and the encodings that old files use.

Every old encoding that can decode the bytes is scored by the log-likelihood of the resulting characters: letters by the
alphabet of one language or by their row in the national standard (which puts common ideographs first), punctuation by
its frequency, minus a cost for what words hardly ever contain (a capital or a sign inside, two scripts).
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log

__all__ = ["WESTERN", "decode"]

# In order of preference, which decides between encodings that give the same text.
_ALPHABETIC = (
    ("cp1252", "western", 0.0),
    ("cp1250", "central", -6.0),
    ("cp1251", "cyrillic", -8.0),
    ("cp1253", "greek", -8.0),
    ("cp1254", "turkish", -6.0),
    ("cp1255", "hebrew", -8.0),
    ("cp1256", "arabic", -8.0),
    ("cp1257", "baltic", -6.0),
    ("iso8859_2", "central", -7.0),
    ("iso8859_15", "western", -7.0),
    ("koi8_u", "cyrillic", -7.0),
    ("iso8859_5", "cyrillic", -7.0),
    ("iso8859_7", "greek", -7.0),
    ("iso8859_9", "turkish", -7.0),
    ("iso8859_13", "baltic", -7.0),
    ("cp874", "thai", -7.0),
    ("mac_roman", "western", -10.0),
    ("mac_cyrillic", "cyrillic", -10.0),
    ("cp866", "cyrillic", -10.0),
    ("cp437", "western", -14.0),
    ("cp850", "western", -14.0),
    ("cp852", "central", -14.0),
)
"""Encoding, the group of languages written in it, and its prior (natural logarithm)."""
_SAMPLE = 16_384
"""Maximum bytes of lines with non-ASCII bytes that are scored."""
_QUOTES = frozenset("’“”‘–—")
_MARKS = frozenset("„‚«»‹›…€£§°·•\u00a0©®½¿¡ªº№™²³±×µ´\u200c\u200d،؟؛")
_LOWER, _UPPER, _NEIGHBOUR, _OTHER_LETTER = 0.6, 0.06, 0.04, 2e-5
_QUOTE, _MARK, _SIGN, _CONTROL = 0.05, 0.004, 1e-5, 1e-7
_ODD = 4.0
"""The cost of each oddity, as a natural logarithm."""
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_FOREIGN_LATIN = "À-ÖØ-öø-ɏ"
_OTHER_SCRIPT = "Ͱ-ϿЀ-ӿ֐-׿؀-ۿ฀-๿"
_ODDITIES = (
    re.compile(rf"[{_LATIN}](?=[{_OTHER_SCRIPT}])|[{_OTHER_SCRIPT}](?=[{_LATIN}])"),
    re.compile(r"[^\W\d_](?=[^\w\s’‘'\-–—·.,/:;()\[\]\u00ad\u200c\u200d\u00b4][^\W\d_])"),
    re.compile(rf"[{_FOREIGN_LATIN}](?=[{_FOREIGN_LATIN}])"),
    re.compile(rf"(?<![{_OTHER_SCRIPT}])[{_OTHER_SCRIPT}](?![{_OTHER_SCRIPT}])"),
    re.compile(r"(?<!\S)[’”](?=[^\W\d_])"),
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# The longer mark first: UTF-32 LE begins with the two bytes of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRAY_SHARE = 0.1
"""Maximum share of stray bytes among the non-ASCII characters of a text that counts as UTF-8."""
WESTERN = tuple(
    bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in range(256)
)
"""The character of each byte in Windows-1252; its five undefined bytes are control characters, as in browsers."""


@dataclass(frozen=True, slots=True)
class _Standard:
    """The rows of a national standard, by their first byte in ``codec``."""

    codec: str
    rows: tuple[tuple[int, int, float, int], ...]
    """First and last lead byte, their share of running text, and their number of characters."""


_JAPANESE = _Standard(
    "euc_jp", ((0xA1, 0xA3, 0.1, 200), (0xA4, 0xA5, 0.55, 169), (0xB0, 0xCF, 0.3, 2965), (0xD0, 0xF4, 0.01, 3390))
)
_STANDARDS = {
    "gb18030": _Standard("gb2312", ((0xA1, 0xA3, 0.1, 200), (0xB0, 0xD7, 0.86, 3755), (0xD8, 0xF7, 0.03, 3008))),
    "big5": _Standard("big5", ((0xA1, 0xA3, 0.1, 400), (0xA4, 0xC6, 0.86, 5401), (0xC9, 0xF9, 0.02, 7652))),
    "cp932": _JAPANESE,
    "euc_jp": _JAPANESE,
    "cp949": _Standard("euc_kr", ((0xA1, 0xA3, 0.08, 300), (0xB0, 0xC8, 0.88, 2350), (0xCA, 0xFD, 0.01, 4888))),
}
_ELSEWHERE = log(0.001 / 20_000)
_HALF_WIDTH = log(0.005 / 63)
_BESIDE_LATIN = 4.0
"""The cost, as a natural logarithm, of an ideograph set against a Latin letter."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding; line ends become ``\\n``.

    What is neither UTF-8 nor UTF-16 is decoded by the encoding with the highest score.

    >>> decode("naïve".encode("latin-1"))
    ('naïve', 'windows-1252')
    """
    text, encoding = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    sample = data[:4096]
    if sample.count(0) > len(sample) // 4:
        # Before UTF-8, in which zero bytes are valid too. Latin letters in UTF-16 have one first (big-endian) or
        # second.
        encoding = "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    mostly = _mostly_utf8(data)
    if mostly is not None:
        return mostly, "utf-8"
    for encoding in _likeliest_encodings(data):
        if encoding == "cp1252":
            break
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return "".join(WESTERN[byte] for byte in data), "windows-1252"


def _mostly_utf8(data: bytes) -> str | None:
    """The text of UTF-8 with stray Windows-1252 bytes; None if they are too many."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= char <= "\udcff" for char in text)
    foreign = sum(char > "\x7f" for char in text)
    if stray > _STRAY_SHARE * foreign:
        return None
    return text.translate({0xDC00 + byte: WESTERN[byte] for byte in range(0x80, 0x100)})


def _likeliest_encodings(data: bytes) -> list[str]:
    """Python's names of the encodings that can decode a sample of ``data``, best score first."""
    sample = _foreign_lines(data)
    if sum(byte > 0x7F for byte in sample) < 2:
        return ["cp1252"]  # A single byte is not evidence.
    scores: dict[str, float] = {}
    for encoding, group, prior in _ALPHABETIC:
        text = _decoded(sample, encoding)
        if text is not None:
            scores[encoding] = prior + _alphabetic_score(text, group)
    for encoding in _STANDARDS:
        text = _decoded(sample, encoding)
        if text is not None:
            scores[encoding] = _ideograph_score(text, encoding)
    return sorted(scores, key=lambda encoding: -scores[encoding])


def _foreign_lines(data: bytes) -> bytes:
    """Lines with a byte above 0x7F, up to the size of a sample; no encoding uses line feeds in longer characters."""
    taken: list[bytes] = []
    size = 0
    for match in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", data):
        taken.append(match.group()[: _SAMPLE - size])
        size += len(taken[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(taken)


def _decoded(sample: bytes, encoding: str) -> str | None:
    try:
        if encoding in ("cp1252", "cp1253", "cp1254", "cp1255", "cp1257", "cp874"):
            # Real files have undefined bytes; each costs as much as a control character.
            return sample.decode(encoding, errors="replace")
        return codecs.getincrementaldecoder(encoding)("strict").decode(sample, final=False)
    except UnicodeDecodeError:
        return None


def _alphabetic_score(text: str, group: str) -> float:
    counts = Counter(char for char in text if char > "\x7f")
    odd = sum(len(pattern.findall(text)) for pattern in _ODDITIES)
    # A capital that follows a lower-case letter, one of them not ASCII: "SchŸtze", "уЛУЧШЕНИЕ".
    words = (word for word in _LETTERS.findall(text) if not word.isascii())
    odd += sum(any(a.islower() and b.isupper() and not (a + b).isascii() for a, b in pairwise(word)) for word in words)
    alphabets = _alphabets()[group]
    around = "".join(sorted({letter for letters in alphabets for letter in letters}))
    best = max(
        sum(number * log(_probability(char, letters, around)) for char, number in counts.items())
        for letters in alphabets
    )
    return best - _ODD * odd


def _probability(char: str, letters: str, around: str) -> float:
    """The probability of a character in a language with ``letters``, of a group with the letters ``around``."""
    if char in letters:
        return _LOWER / len(letters)
    if char.isalpha() and char.lower() in letters:
        return _UPPER / len(letters)
    if char.lower() in around:
        return _NEIGHBOUR / len(around)
    if char in _QUOTES:
        return _QUOTE
    if char in _MARKS:
        return _MARK
    if char == "\ufffd" or not char.isprintable():
        return _CONTROL
    return _OTHER_LETTER if char.isalpha() else _SIGN


@cache
def _alphabets() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for line in files("corpus.text").joinpath("data/alphabets.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            group, _, letters = line.split(" ", 2)
            groups.setdefault(group, []).append(letters)
    return groups


def _ideograph_score(text: str, encoding: str) -> float:
    """The log-likelihood of the non-ASCII characters of ``text``, decoded from ``encoding``."""
    standard = _STANDARDS[encoding]
    counts = Counter(char for char in text if char > "\x7f")
    beside = sum(a.isascii() != b.isascii() and (a if a.isascii() else b).isalpha() for a, b in pairwise(text))
    return sum(n * _log_probability(char, standard) for char, n in counts.items()) - _BESIDE_LATIN * beside


def _log_probability(char: str, standard: _Standard) -> float:
    if "\uff61" <= char <= "\uff9f":
        return _HALF_WIDTH
    encoded = char.encode(standard.codec, errors="ignore")
    if len(encoded) == 2:
        for first, last, share, size in standard.rows:
            if first <= encoded[0] <= last:
                return log(share / size)
    return _ELSEWHERE

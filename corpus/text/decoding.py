"""Bytes to text: byte-order mark, UTF-8, UTF-16, and the encodings that old files use."""

from __future__ import annotations

import codecs

from corpus.text.encodings import WESTERN, likeliest_encodings

__all__ = ["decode"]

# The longer mark first: UTF-32 LE begins with the two bytes of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_STRAY_SHARE = 0.1
"""Up to this share of the foreign characters may be single bytes in a text that counts as UTF-8."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding; line ends become ``\\n``.

    What is neither UTF-8 nor UTF-16 is read in the encoding whose characters are the likeliest.

    >>> decode("naïve".encode("latin-1"))
    ('naïve', 'windows-1252')
    """
    text, encoding = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding
    sample = data[:4096]
    if sample.count(0) > len(sample) // 4:
        # Before UTF-8, in which zero bytes are valid too. Latin letters in UTF-16 have theirs first (big-endian) or
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
    for encoding in likeliest_encodings(data):
        if encoding == "cp1252":
            break
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    # The five bytes that Windows-1252 leaves undefined stand for themselves, as browsers read them.
    return "".join(_WESTERN_CHARS[byte] for byte in data), WESTERN


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 into which single Western bytes were pasted; None where those are too many."""
    text = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= char <= "\udcff" for char in text)
    foreign = sum(char > "\x7f" for char in text)
    if stray > _STRAY_SHARE * foreign:
        return None
    return text.translate({0xDC00 + byte: _WESTERN_CHARS[byte] for byte in range(0x80, 0x100)})


_WESTERN_CHARS = tuple(
    bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in range(256)
)

"""Bytes to text: byte-order mark, UTF-8, UTF-16, and the one-byte encodings that old files use."""

from __future__ import annotations

import codecs

__all__ = ["decode"]

# The longer mark first: UTF-32 LE begins with the two bytes of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_FOREIGN_SHARE = 0.3
"""Above this share of bytes over 0x7F a text is no Western European prose, and a detector decides."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding; line ends become ``\\n``.

    A statistical detector is asked only where the bytes are neither UTF-8 nor UTF-16 and mostly not ASCII: on short
    Western texts it guesses worse than Windows-1252 does.

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
    if sum(byte > 0x7F for byte in sample) > _FOREIGN_SHARE * len(sample):
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        if best is not None:
            return str(best), best.encoding
    # The five bytes that Windows-1252 leaves undefined stand for themselves, as browsers read them.
    return "".join(_WESTERN[byte] for byte in data), "windows-1252"


_WESTERN = tuple(
    bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in range(256)
)

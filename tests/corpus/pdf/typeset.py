"""Sets small, real PDF files: pages of lines in Helvetica, at given places and sizes, written byte by byte."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LEADING = 12.0
"""Distance in points between two lines of body text."""


@dataclass(frozen=True)
class Type:
    """A line of type, placed by its lower left corner in points."""

    text: str
    x: float = 72.0
    y: float = 700.0
    size: float = 10.0
    bold: bool = False
    turned: bool = False


@dataclass
class Sheet:
    """A page to be, filled from the top."""

    lines: list[Type] = field(default_factory=list)
    y: float = 720.0

    def put(self, *texts: str, x: float = 72.0, size: float = 10.0, bold: bool = False, gap: float = 0.0) -> Sheet:
        """Set lines below the last, ``gap`` points of extra space before them."""
        self.y -= gap
        for text in texts:
            self.lines.append(Type(text, x, self.y, size, bold))
            self.y -= LEADING * max(size / 10, 1.0)
        return self

    def at(
        self, text: str, x: float, y: float, *, size: float = 10.0, bold: bool = False, turned: bool = False
    ) -> Sheet:
        """Set one line anywhere."""
        self.lines.append(Type(text, x, y, size, bold, turned))
        return self

    def column(self, x: float, y: float = 720.0) -> Sheet:
        """Go on at the top of another column; ``put`` needs the same ``x``."""
        self.y = y
        return self


def typeset(
    sheets: Sequence[Sheet | Sequence[Type]],
    *,
    title: str = "",
    author: str = "",
    producer: str = "",
    page_labels: str = "",
    picture_pages: Iterable[int] = (),
    broken_pages: Iterable[int] = (),
) -> bytes:
    """A PDF 1.4 file of US Letter pages.

    ``page_labels`` is the body of a number tree such as ``[0 << /S /r >> 2 << /S /D >>]``; a picture page holds one
    grey pixel; a broken page's content is no content stream.
    """
    pictures, broken = set(picture_pages), set(broken_pages)
    count = len(sheets)
    objects: list[bytes] = []
    labels = f" /PageLabels << /Nums {page_labels} >>" if page_labels else ""
    objects.append(f"<< /Type /Catalog /Pages 2 0 R{labels} >>".encode())
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(count))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode())
    for base in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>".encode())
    objects.append(
        _stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        )
    )
    for index, sheet in enumerate(sheets, start=1):
        lines = sheet.lines if isinstance(sheet, Sheet) else sheet
        objects.append(_page(5 + 2 * index, picture=index in pictures))
        content = b"/Im Do" if index in pictures else b"\n".join(_set(line) for line in lines)
        objects.append(b"<< /Type /Nothing >>" if index in broken else _stream(content))
    information = {"Title": title, "Author": author, "Producer": producer}
    entries = b" ".join(b"/" + name.encode() + b" " + _string(value) for name, value in information.items() if value)
    objects.append(b"<< " + entries + b" >>")
    return _file(objects)


def write(path: Path, data: bytes) -> Path:
    """Write a file and give its path back."""
    path.write_bytes(data)
    return path


def encrypted(data: bytes, *, user: str, owner: str = "owner") -> bytes:
    """The file protected with passwords, AES 256."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, owner, algorithm="AES-256")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _page(content: int, *, picture: bool) -> bytes:
    resources = "/XObject << /Im 5 0 R >>" if picture else "/Font << /F 3 0 R /B 4 0 R >>"
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << {resources} >> /Contents {content} 0 R >>"
    ).encode()


def _set(line: Type) -> bytes:
    matrix = "0 1 -1 0" if line.turned else "1 0 0 1"
    font = "B" if line.bold else "F"
    return f"BT /{font} {line.size} Tf {matrix} {line.x} {line.y} Tm ".encode() + _string(line.text) + b" Tj ET"


def _string(text: str) -> bytes:
    raw = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(" + raw + b")"


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    size = len(objects) + 1
    return (
        data
        + f"xref\n0 {size}\n0000000000 65535 f \n".encode()
        + table
        + f"trailer\n<< /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
    )


def scanned(data: bytes, pages: Iterable[int] | None = None) -> bytes:
    """The file with its pages, or those of these numbers, as pictures at 200 dpi; the others have no content."""
    import pypdfium2

    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[str] = []
    with pypdfium2.PdfDocument(data) as document:
        wanted = set(pages if pages is not None else range(1, len(document) + 1))
        for number, page in enumerate(document, start=1):
            bitmap = page.render(scale=200 / 72, grayscale=True)
            width, height, rows = bitmap.width, bitmap.height, bytes(bitmap.buffer)
            pixels = b"".join(rows[at : at + width] for at in range(0, len(rows), bitmap.stride))
            first = len(objects) + 1
            kids.append(f"{first} 0 R")
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {first + 2} 0 R "
                f"/Resources << /XObject << /Im {first + 1} 0 R >> >> >>".encode()
            )
            size = f"/Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
            objects.append(
                _stream(zlib.compress(pixels), f"/Type /XObject /Subtype /Image {size} /Filter /FlateDecode")
            )
            objects.append(_stream(b"612 0 0 792 0 0 cm /Im Do" if number in wanted else b""))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(b"<< >>")
    return _file(objects)

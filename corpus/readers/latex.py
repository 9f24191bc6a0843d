"""LaTeX sources: macros expanded, commands gone, citations as their keys in brackets.

The reference list is the source's own ``thebibliography``, or made of the BibTeX files beside it: pandoc forgets which
key an entry has, so each is marked before; and it knows no list that BibTeX would have printed.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import ReadError
from corpus.readers.pandoc import parse
from corpus.readers.pandoc_tree import ENTRY_MARK, Node, field_text, tree_reading
from corpus.reading import Reading
from corpus.text.repair import repair

__all__ = ["read_latex"]

_LIST = re.compile(r"\\begin\s*\{thebibliography\}.*?(?:\\end\s*\{thebibliography\}|\Z)", re.DOTALL)
_ITEM = re.compile(r"\\bibitem\s*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\])?\s*\{([^{}]*)\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
_NAMED = re.compile(r"\\(?:bibliography|addbibresource\s*(?:\[[^\]]*\])?)\s*\{([^{}]*)\}")
_ENTRY = re.compile(r"@\s*(\w+)\s*[{(]\s*([^,\s]*)")
_MAX_BYTES = 10_000_000
_MAX_FILES = 8
_HIDDEN_IN_KEYS = re.compile(r"[^\w:.+/-]")


def read_latex(path: Path) -> Reading:
    """Read one LaTeX file; files that it includes are not followed, but BibTeX files beside it give its references.

    Raises:
        ReadError: the source cannot be parsed, took too much time or memory, or pandoc is missing.
        OSError: the file cannot be opened.
    """
    text = repair(path.read_bytes()).text
    tree = parse(_marked(text).encode("utf-8"), "latex", name="LaTeX", place=str(path))
    if "{thebibliography}" not in text:
        tree["blocks"] += _listed_works(text, path, list(dict.fromkeys(_citations(tree["blocks"]))))
    return tree_reading(tree, "latex", shows_front=True, place=str(path))


def _marked(source: str) -> str:
    """Make every entry of the reference list of ``source`` a paragraph behind a mark of its key."""

    def mark(item: re.Match[str]) -> str:
        return f"\n\n\\hypertarget{{{ENTRY_MARK}{_HIDDEN_IN_KEYS.sub('', item[1].strip())}}}{{}}"

    return _LIST.sub(lambda found: _ITEM.sub(mark, found.group()), source)


def _citations(node: Any) -> Iterator[str]:
    """Yield the keys that a syntax tree cites, in text order."""
    open_ends = [node]
    while open_ends:
        at = open_ends.pop()
        if isinstance(at, dict):
            if at.get("t") == "Cite":
                yield from (str(citation.get("citationId", "")) for citation in at["c"][0])
            open_ends.append(at.get("c"))
        elif isinstance(at, list):
            open_ends.extend(reversed(at))


def _listed_works(source: str, path: Path, cited: Sequence[str]) -> list[Node]:
    """Return the reference list that the BibTeX files named in ``source`` give for the keys ``cited``, as blocks.

    Only regular files in the folder of ``path`` (or below it) are read. Files and entries that are missing, too large
    or broken give nothing: the text can be read without them.
    """
    wanted, strings = set(cited), ""
    entries: dict[str, str] = {}
    for file in _files(source, path.parent):
        defined, found = _entries(file)
        strings += defined
        entries |= {key: entry for key, entry in found.items() if key in wanted}
    works = _works(strings, list(entries.values()), str(path))
    blocks = [block for key in cited if key in works for block in _blocks(key, works[key])]
    return [{"t": "Div", "c": [["", ["thebibliography"], []], blocks]}] if blocks else []


def _files(source: str, folder: Path) -> list[Path]:
    """Return the BibTeX files that ``source`` names, as far as they are regular files in ``folder``."""
    names = [name.strip() for found in _NAMED.findall(_COMMENT.sub("", source)) for name in found.split(",")]
    home = folder.resolve()
    files = []
    for name in names[:_MAX_FILES]:
        try:
            file = (home / (name if name.endswith(".bib") else f"{name}.bib")).resolve()
            if file.is_relative_to(home) and file.is_file() and file.stat().st_size <= _MAX_BYTES:
                files.append(file)
        except (OSError, ValueError):  # ValueError: a zero byte in the name
            continue
    return files


def _entries(file: Path) -> tuple[str, dict[str, str]]:
    """Return the abbreviations that a BibTeX file defines, and the source of each of its entries by its key."""
    try:
        text = repair(file.read_bytes()).text
    except OSError:
        return "", {}
    pieces = re.split(r"^[ \t]*(?=@)", text, flags=re.MULTILINE)
    heads = [(head[1].lower(), head[2], piece, head.end()) for piece in pieces if (head := _ENTRY.match(piece))]
    strings = "".join(piece for kind, _, piece, _ in heads if kind == "string")
    return strings, {
        # pandoc takes the capitals from titles, unless they are in a language that needs them.
        key: f"{piece[:end]}, langid = {{german}}{piece[end:]}"
        for kind, key, piece, end in heads
        if kind not in ("string", "comment", "preamble")
    }


def _works(strings: str, entries: Sequence[str], place: str) -> dict[str, Node]:
    """Return the fields of each entry by its key. pandoc refuses all for a broken one, which is found by halving."""
    if not entries:
        return {}
    try:
        tree = parse("\n".join((strings, *entries)).encode("utf-8"), "biblatex", name="BibTeX", place=place)
    except ReadError:
        if len(entries) == 1:
            return {}
        middle = len(entries) // 2
        return _works(strings, entries[:middle], place) | _works(strings, entries[middle:], place)
    references = tree["meta"].get("references", {}).get("c", [])
    return {field_text(work["c"].get("id")): work["c"] for work in references if work["t"] == "MetaMap"}


def _blocks(key: str, work: Node) -> list[Node]:
    """Write an entry as a mark and a paragraph: authors, year, title, where it appeared, identifiers."""
    people: Node = work.get("author") or work.get("editor") or {"c": []}
    names = [_name(person["c"]) for person in people["c"] if person["t"] == "MetaMap"]
    authors = ", & ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    fields = ("issued", "title", "container-title", "volume", "publisher", "doi", "url")
    issued, title, container, volume, publisher, doi, url = (field_text(work.get(name)) for name in fields)
    year = re.match(r"\d{4}", issued)
    parts = [
        f"{authors} ({year.group() if year else 'n.d.'})",
        title,
        " ".join(filter(None, (container, volume))),
        publisher,
        f"https://doi.org/{doi}" if doi else url,
    ]
    said = ". ".join(part.strip(" .") for part in parts if part.strip(" .")) + "."
    return [{"t": "Div", "c": [[f"{ENTRY_MARK}{key}", [], []], []]}, {"t": "Para", "c": [{"t": "Str", "c": said}]}]


def _name(person: Node) -> str:
    fields = ("given", "family", "literal", "non-dropping-particle", "dropping-particle")
    given, family, literal, particle, dropped = (field_text(person.get(name)) for name in fields)
    name = f"{particle or dropped} {family or literal}".strip()
    return f"{name}, {given}" if given else name

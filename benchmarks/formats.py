"""Formats other than PDF: is the text of office files, saved pages and Markdown read right, and their metadata?

    python -m benchmarks.formats [office_docs] [html_articles] [markdown]

Token F1 compares the words of a reading with those of the gold text, each counted as often as it stands there.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from benchmarks.evaluation import SHARED, read_lines
from corpus.errors import ReadError
from corpus.model import Document
from corpus.readers import read_document

_WORD = re.compile(r"\w+")
_OPENING = 400
"""Code points at the start of a Markdown body in which its first line must stand."""


def main() -> None:
    """Read every file of the chosen sets and print what was right."""
    measures = {"office_docs": _office, "html_articles": _articles, "markdown": _markdown}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", choices=[*measures, []], help="which sets; all, where none is named")
    parser.add_argument("--misses", action="store_true", help="name the files that are not right")
    arguments = parser.parse_args()
    for name in arguments.sets or measures:
        measures[name](SHARED / "eval" / name, arguments.misses)


def token_f1(found: str, gold: str) -> float:
    """Harmonic mean of precision and recall over the words of both texts, case folded."""
    left, right = Counter(_WORD.findall(found.casefold())), Counter(_WORD.findall(gold.casefold()))
    common = (left & right).total()
    return 2 * common / (left.total() + right.total()) if common else 0.0


def _office(folder: Path, misses: bool) -> None:
    scores: dict[str, list[float]] = defaultdict(list)
    failures = read = 0
    for row in read_lines(folder / "manifest.jsonl"):
        document = _read(folder / row["file"])
        if isinstance(document, ReadError):
            failures += 1
            print(f"office_docs: {row['file']}: {document.cause}")
            continue
        read += 1
        if row.get("gold_text"):
            score = token_f1(document.text, row["gold_text"])
            scores[row["format"]].append(score)
            if misses and score < 0.95:
                print(f"office_docs: {row['file']}: {score:.3f}")
    print(f"office_docs: read {read}, not read {failures}")
    for name, values in scores.items():
        mean, median = statistics.mean(values), statistics.median(values)
        print(f"office_docs: {name}: mean token F1 {mean:.3f}, median {median:.3f}, {len(values)} files")


def _articles(folder: Path, misses: bool) -> None:
    scores = []
    with tempfile.TemporaryDirectory() as scratch:
        for row in read_lines(folder / "gold.jsonl"):
            page = Path(scratch) / f"{row['_id']}.html"
            page.write_bytes(gzip.decompress((folder / row["file"]).read_bytes()))
            document = _read(page)
            score = 0.0 if isinstance(document, ReadError) else token_f1(document.text, row["gold_text"])
            scores.append(score)
            if misses and score < 0.9:
                print(f"html_articles: {row['_id']}: {score:.3f}")
    print(
        f"html_articles: mean token F1 {statistics.mean(scores):.3f}, median {statistics.median(scores):.3f},"
        f" {len(scores)} pages"
    )


def _markdown(folder: Path, misses: bool) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in read_lines(folder / "manifest.jsonl"):
        path = folder / row["file"]
        document = _read(path)
        for name, fits in _judge(document, row, path).items():
            total[name] += 1
            right[name] += fits
            if misses and not fits:
                print(f"markdown: {row['file']}: {name}")
    for name, count in total.items():
        print(f"markdown: {name} {right[name]} of {count}")


def _judge(document: Document | ReadError, row: dict[str, Any], path: Path) -> dict[str, bool]:
    """What of one Markdown file is right; only what the gold states is judged."""
    if isinstance(document, ReadError):
        return {"read": False}
    judged = {"read": True, "no shortcodes or comments left": not re.search(r"\{\{[<%]|<!--", _prose(document))}
    if row["title"] is not None:
        judged["title"] = document.record.title == row["title"]
    first = row.get("first_body_line") or ""
    if first and not re.match(r"<!--|\{\{|---", first):
        words = _WORD.findall(re.sub(r"\]\([^)]*\)|\{\{.*?\}\}", " ", first))[:6]
        judged["body starts right"] = _WORD.findall(document.text[:_OPENING])[: len(words)] == words
    stated = re.search(r"^date\W+[\"']?(\d{4})", path.read_text("utf-8-sig"), re.MULTILINE)
    if stated:
        judged["year"] = document.record.year == int(stated.group(1))
    return judged


def _prose(document: Document) -> str:
    return "\n".join(document.text[block.start : block.end] for block in document.blocks if block.kind != "code")


def _read(path: Path) -> Document | ReadError:
    try:
        return read_document(path)
    except ReadError as error:
        return error


if __name__ == "__main__":
    main()

"""Text repair on ``eval/text_damage``: damaged lines, files in old encodings, accents split off, and speed."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.evaluation import SHARED, read_lines
from corpus.pdf.lines import compose_accents
from corpus.text.repair import normalise, repair

FOLDER = SHARED / "eval" / "text_damage"
_SPEED_BYTES = 8_000_000


def main() -> None:
    """Print every figure, and the ids of what was not restored."""
    _lines()
    _files()
    _accents()
    _speed()


def _lines() -> None:
    rows = read_lines(FOLDER / "mojibake.jsonl")
    for title, kept in (("damaged rows restored", False), ("rows that must not change left alone", True)):
        _report(
            title,
            [
                (row["_id"], repair(row["damaged"].encode()).text == normalise(row["fixed"]))
                for row in rows
                if (row["kind"] == "must_not_change") is kept
            ],
        )


def _files() -> None:
    def is_right(row: dict[str, Any]) -> bool:
        repaired = repair((FOLDER / row["file"]).read_bytes()).text
        return repaired.rstrip("\n") == normalise(row["text"]).rstrip("\n")

    _report("files decoded right", [(row["file"], is_right(row)) for row in read_lines(FOLDER / "bytes.jsonl")])


def _accents() -> None:
    rows = read_lines(FOLDER / "pdf_accents.jsonl")
    right = [(f"line {n}", compose_accents(row["damaged"]) == row["fixed"]) for n, row in enumerate(rows, 1)]
    _report("names with split accents put right", right)


def _speed() -> None:
    texts = {
        "ASCII": "The weights of most models are public, but their data are not.\n",
        "English with curly quotes": "The model’s “weights” are public – its data aren’t, said the naïve reader.\n",
        "French": "L’évaluation des modèles coûte cher ; « ça dépend », répond l’équipe à Besançon.\n",
        "Russian": "Открытые модели доступны каждому, и это «меняет» исследования — но не всё.\n",
        "Chinese": "开放模型对每个人都可用，这改变了研究。权重并不是全部。\n",
    }
    for name, line in texts.items():
        data = line.encode() * (_SPEED_BYTES // len(line.encode()))
        begun = time.perf_counter()
        repair(data)
        print(f"{name}: {len(data) / (time.perf_counter() - begun) / 1e6:.0f} MB/s")


def _report(title: str, results: list[tuple[str, bool]]) -> None:
    missed = [name for name, right in results if not right]
    print(f"{title}: {len(results) - len(missed)} of {len(results)}{': not ' + ', '.join(missed) if missed else ''}")


if __name__ == "__main__":
    main()

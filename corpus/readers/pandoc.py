"""The pandoc program: where it is, and one run of it over bytes of unknown origin.

pandoc is run sandboxed, so that a document can neither include a file nor fetch anything, with its heap, processor time
and wall-clock time limited: a few lines of LaTeX macros can otherwise keep it busy for ever.
"""

import importlib.util
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import ReadError

__all__ = ["find_pandoc", "pandoc_version", "parse"]

_SECONDS = 60
"""Wall-clock time of a run."""
_CPU_SECONDS = 20
"""Processor time of a run: a book takes two seconds; what takes longer is no document."""
_HEAP = "-M512m"
_HEAP_EXHAUSTED = 251
_MISSING = "pip install pypandoc_binary"


@cache
def find_pandoc() -> Path | None:
    """Return the program that pypandoc_binary brought along, else the one on the search path, else None."""
    spec = importlib.util.find_spec("pypandoc")
    if spec is not None and spec.origin is not None:
        bundled = Path(spec.origin).parent / "files" / "pandoc"
        if bundled.is_file():
            return bundled
    found = shutil.which("pandoc")
    return Path(found) if found else None


def pandoc_version() -> str:
    """Return the version that the program states of itself.

    Raises:
        ReadError: there is no pandoc, or it cannot be run.
    """
    program = _required("")
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise ReadError("pandoc cannot be run", place=str(program), remedy=f"Run {_MISSING}") from error
    return done.stdout.split("\n", 1)[0].removeprefix("pandoc").strip()


def parse(data: bytes, source_format: str, *, name: str, place: str) -> dict[str, Any]:
    """Parse ``data`` into a syntax tree (``meta`` and ``blocks``); ``name`` is what messages call the format.

    Text formats must be UTF-8. Tracked changes of a word processor are taken as accepted, comments left out.

    Raises:
        ReadError: there is no pandoc, the data are damaged, or parsing took too much time or memory.
    """

    def failure(cause: str) -> ReadError:
        remedy = "Open it in the program that made it, save it again or as PDF, and add that"
        return ReadError(cause, place=place, remedy="Compile it and add the PDF" if name == "LaTeX" else remedy)

    # Input comes through a pipe: a path could be taken for an option.
    command = [str(_required(place)), "+RTS", _HEAP, "-RTS", "--sandbox", "--from", source_format, "--to", "json"]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={"LC_ALL": "C.UTF-8", "HOME": "/nonexistent"},
            preexec_fn=_limit_time,
        )
    except subprocess.TimeoutExpired:
        raise failure(f"Reading the {name} file took too long and was stopped") from None
    except OSError as error:
        raise ReadError(f"pandoc cannot be run ({error.strerror})", place=place, remedy=f"Run {_MISSING}") from error
    if done.returncode < 0:
        raise failure(f"Reading the {name} file took too long and was stopped")
    if done.returncode == _HEAP_EXHAUSTED:
        raise failure(f"Reading the {name} file took more memory than it may")
    if done.returncode:
        raise failure(f"The {name} file cannot be parsed ({_said(done.stderr)})")
    try:
        tree: dict[str, Any] = json.loads(done.stdout)
    except (ValueError, RecursionError) as error:
        raise failure(f"The {name} file is nested too deeply") from error
    return tree


def _required(place: str) -> Path:
    program = find_pandoc()
    if program is None:
        raise ReadError("pandoc, which reads this format, is not installed", place=place, remedy=f"Run {_MISSING}")
    return program


def _limit_time() -> None:
    """Limit processor time in pandoc's own process, so that it ends even where the reading process is killed first."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))


def _said(stderr: bytes) -> str:
    """Return the last line that pandoc printed, short enough for a message."""
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:120].rstrip(".") if lines else "pandoc gave no reason"

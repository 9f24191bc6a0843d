"""Adding from the command line: paths as they are, everything else fetched first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from assistant.cli.listing import progress_line
from assistant.cli.output import Progress, talk
from assistant.completing import Completion
from assistant.pace import Pace
from corpus.errors import ServiceError, UsageError
from corpus.web.fetching import Fetcher
from corpus.web.identifiers import Target, parse_target
from index.files import expanded
from index.reports import AddItem, AddReport

if TYPE_CHECKING:
    from assistant.workspace import Workspace

__all__ = ["add_targets", "interruptible"]


def add_targets(
    workspace: Workspace,
    names: Sequence[str],
    *,
    lookup: bool,
    password: str = "",
    ocr: bool = False,
    cancelled: Callable[[], bool],
    fetcher: Fetcher | None = None,
) -> tuple[AddReport, list[Completion]]:
    """Add files, folders and what is fetched; with ``lookup``, complete the records of all of them."""
    workspace.database.check_writable()
    if not all(name.strip() for name in names):
        raise UsageError("A path is empty", remedy="Name files or folders; an unset variable gives an empty path")
    fetcher = fetcher or Fetcher()
    catalogues = workspace.catalogues(fetcher)
    paths: list[Path] = []
    failed: list[AddItem] = []
    for name in names:
        target = None if expanded(name).exists() else parse_target(name)
        if target is None:
            paths.append(Path(name))
            continue
        try:
            talk(f"Fetching {_title(target)} ...")
            paths.append(workspace.fetch(target, fetcher, catalogues))
        except ServiceError as error:
            failed.append(AddItem(name, "failed", reason=str(error)))
    progress, pace = Progress(), Pace()
    report = workspace.add(
        paths,
        progress=lambda event: progress.show(progress_line(event, pace)),
        cancelled=cancelled,
        password=password,
        ocr=ocr,
    )
    progress.clear()
    report.items += failed
    identities = [item.document_id for item in report.items if item.document_id is not None] if lookup else []
    return report, list(workspace.look_up(list(dict.fromkeys(identities)), catalogues))


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl-c asks for a stop, so that what was finished is reported; a second one stops at once."""
    asked = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    signal.signal(signal.SIGINT, stop)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _title(target: Target) -> str:
    return target.value if target.kind == "url" else f"{target.kind}:{target.value}"

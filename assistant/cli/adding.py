"""Adding from the command line: paths as they are, everything else fetched first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.cli.listing import progress_line
from assistant.cli.output import Progress, talk
from assistant.completing import Completion
from assistant.workspace import Workspace
from corpus.errors import ServiceError
from corpus.web.fetching import Fetcher
from corpus.web.identifiers import Target, parse_target
from index.ingest import AddItem, AddReport

__all__ = ["add_targets"]


def add_targets(
    workspace: Workspace,
    names: Sequence[str],
    *,
    lookup: bool,
    password: str = "",
    fetcher: Fetcher | None = None,
) -> tuple[AddReport, list[Completion]]:
    """Add files, folders and what is fetched; with ``lookup``, complete the records of all of them."""
    fetcher = fetcher or Fetcher()
    catalogues = workspace.catalogues(fetcher)
    paths: list[Path] = []
    failed: list[AddItem] = []
    for name in names:
        target = None if Path(name).expanduser().exists() else parse_target(name)
        if target is None:
            paths.append(Path(name))
            continue
        try:
            talk(f"Fetching {_title(target)} ...")
            paths.append(workspace.fetch(target, fetcher, catalogues))
        except ServiceError as error:
            failed.append(AddItem(name, "failed", reason=str(error)))
    progress = Progress()
    report = workspace.add(paths, progress=lambda event: progress.show(progress_line(event)), password=password)
    progress.clear()
    report.items += failed
    identities = [item.document_id for item in report.items if item.document_id is not None] if lookup else []
    return report, list(workspace.look_up(list(dict.fromkeys(identities)), catalogues))


def _title(target: Target) -> str:
    return target.value if target.kind == "url" else f"{target.kind}:{target.value}"

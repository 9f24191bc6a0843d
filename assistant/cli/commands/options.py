"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.filters import Filters

__all__ = ["Author", "InSection", "Json", "Kind", "Language", "Tag", "Within", "Year", "filters"]


Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]
Within = Annotated[list[str] | None, typer.Option("--in", help="Search only this document (id or key); repeatable.")]
Author = Annotated[list[str] | None, typer.Option("--author", help="Search only works by this author; repeatable.")]
Year = Annotated[str, typer.Option("--year", help="Search only works of these years: 2020, 2020-2023, 2020- or -2023.")]
Kind = Annotated[list[str] | None, typer.Option("--kind", help="Search only this kind of document; repeatable.")]
InSection = Annotated[
    list[str] | None,
    typer.Option("--section", help="Search only sections with these words in their heading; repeatable."),
]
Tag = Annotated[list[str] | None, typer.Option("--tag", help="Search only documents with this tag; repeatable.")]
Language = Annotated[
    list[str] | None,
    typer.Option("--language", help="Search only documents in this language (en, de ...); repeatable."),
]


def filters(
    within: list[str] | None,
    author: list[str] | None,
    year: str,
    kind: list[str] | None,
    section: list[str] | None,
    tag: list[str] | None,
    language: list[str] | None,
) -> Filters:
    """What the options hold a search to."""
    from index.filters import Filters, parse_years

    return Filters(
        documents=tuple(within or ()),
        authors=tuple(author or ()),
        years=parse_years(year) if year else None,
        kinds=tuple(kind or ()),
        sections=tuple(section or ()),
        tags=tuple(tag or ()),
        languages=tuple(language or ()),
    )

"""Reads an edition of the taxonomy from its data folder inside the package."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from assistant.taxonomy.cell import Cell, parse_raw
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.entries import (
    Category,
    Component,
    Family,
    Level,
    Licence,
    Model,
    Permission,
    PointsRule,
    Work,
)
from corpus.errors import LibraryError

__all__ = ["read_edition"]

Rows = list[dict[str, str]]


@cache
def read_edition(name: str) -> Edition:
    """The edition of that name, read once.

    Raises:
        LibraryError: there is no such edition, or one of its files is damaged.
    """
    folder = files("assistant.taxonomy") / "data" / name
    if not name or "/" in name or not (folder / "taxonomy.toml").is_file():
        raise LibraryError("There is no such taxonomy", place=name, remedy="The one that comes along is eiras-2024")
    try:
        return _edition(folder)
    except (KeyError, ValueError) as error:
        raise LibraryError(f"The taxonomy's files are damaged ({error})", place=name, remedy="Install again") from error


def _edition(folder: Traversable) -> Edition:
    head = tomllib.loads((folder / "taxonomy.toml").read_text(encoding="utf-8"))
    notes = {(row["model"], row["entry"]): row["note"] for row in _rows(folder, "notes.csv")}
    models, components, levels = _models(folder), _components(folder), _levels(folder)
    return Edition(
        work=_work(head),
        models=models,
        components=components,
        levels=levels,
        categories=tuple(Category(c["name"], tuple(c["levels"]), c["meaning"]) for c in head["category"]),
        cells=_cells(folder, components, levels, notes),
        licences=_licences(folder),
        points=tuple(
            PointsRule(int(row["from"]), int(row["to"]), row["label"], row["code"], row["data"])
            for row in _rows(folder, "points.csv")
        ),
        permissions=tuple(
            Permission(row["permission"], row["name"], row["meaning"]) for row in _rows(folder, "permissions.csv")
        ),
        families=tuple(Family(f["name"], tuple(f["members"]), f["note"]) for f in head["family"]),
        other_names={row["name"].lower(): (row["model"], row["note"]) for row in _rows(folder, "names.csv")},
        developer_names=_developer_names(folder, models),
        foreign=tuple(row["name"] for row in _rows(folder, "other_models.csv")),
        notes=notes,
    )


def _rows(folder: Traversable, name: str) -> Rows:
    return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))


def _work(head: dict[str, Any]) -> Work:
    names = ("title", "work", "key", "identifier", "accessed", "models_table", "cells_table", "scale")
    return Work(
        **{name: str(head[name]) for name in names},
        several_sources=str(head["several_sources"]).strip(),
        scope=str(head["scope"]).strip(),
        dated_fields=tuple(head["dated_fields"]),
    )


def _models(folder: Traversable) -> tuple[Model, ...]:
    return tuple(
        Model(
            name=row["model"],
            name_in_facts=row["name_in_table_2"],
            developer=row["developer"],
            developers=tuple(part.strip() for part in row["developers"].split(";")),
            size=row["size"],
            release=row["release"],
            elo=row["elo"],
            citations=row["citations"],
            downloads=row["downloads"],
        )
        for row in _rows(folder, "models.csv")
    )


def _components(folder: Traversable) -> tuple[Component, ...]:
    return tuple(
        Component(row["component"], row["title"], row["column"], row["stage"], row["kind"], row["meaning"])
        for row in _rows(folder, "components.csv")
    )


def _levels(folder: Traversable) -> tuple[Level, ...]:
    return tuple(
        Level(
            row["level"],
            row["kind"],
            int(row["number"]) if row["number"] else None,
            row["category"],
            row["meaning"],
        )
        for row in _rows(folder, "levels.csv")
    )


def _cells(
    folder: Traversable,
    components: Sequence[Component],
    levels: Sequence[Level],
    notes: dict[tuple[str, str], str],
) -> dict[tuple[str, str], Cell]:
    titles = {component.id: component.title for component in components}
    meanings = {level.id: level.meaning for level in levels}
    cells = {}
    for row in _rows(folder, "cells.csv"):
        level, annotation = parse_raw(row["raw"])
        if (level, annotation) != (row["level"], row["annotation"]):
            raise ValueError(f"{row['model']} {row['component']}: {row['raw']}")
        cells[row["model"], row["component"]] = Cell(
            model=row["model"],
            component=row["component"],
            component_title=titles[row["component"]],
            raw=row["raw"],
            level=level,
            annotation=annotation,
            meaning=meanings[level],
            note=notes.get((row["model"], row["component"]), ""),
            annotation_type=row["annotation_type"],
            hint=tuple(row["hint"].split()),
        )
    return cells


def _licences(folder: Traversable) -> tuple[Licence, ...]:
    return tuple(
        Licence(
            name=row["annotation"],
            levels=row["levels_in_table_3"],
            points_implied=row["points_implied_by_table_3"],
            points_derived=row["points_derived"],
            levels_derived=(row["code_level_derived"], row["data_level_derived"]),
            agrees=row["agrees_with_table_3"],
            confidence=row["confidence_derived"],
        )
        for row in _rows(folder, "licences.csv")
    )


def _developer_names(folder: Traversable, models: Sequence[Model]) -> dict[str, str]:
    names = {name.lower(): name for model in models for name in model.developers}
    return names | {row["name"].lower(): row["developer"] for row in _rows(folder, "developers.csv")}

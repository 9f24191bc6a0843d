"""One edition of the taxonomy: its tables in memory, with access to cells, rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.taxonomy.cell import Cell
from assistant.taxonomy.entries import (
    FIELDS,
    Category,
    Component,
    Family,
    Field,
    Level,
    Licence,
    Model,
    Permission,
    PointsRule,
    Work,
)

__all__ = ["Edition"]


@dataclass(frozen=True)
class Edition:
    """Everything that the data folder of an edition says."""

    work: Work
    models: tuple[Model, ...]
    components: tuple[Component, ...]
    levels: tuple[Level, ...]
    categories: tuple[Category, ...]
    cells: Mapping[tuple[str, str], Cell]
    licences: tuple[Licence, ...]
    points: tuple[PointsRule, ...]
    permissions: tuple[Permission, ...]
    families: tuple[Family, ...]
    other_names: Mapping[str, tuple[str, str]]
    """Lower-case name to the model it means and a note."""
    developer_names: Mapping[str, str]
    """Lower-case name to a developer as the table prints it."""
    foreign: tuple[str, ...]
    """Models that are known and not in the table, so that no correction turns them into one that is."""
    notes: Mapping[tuple[str, str], str]
    """Remarks by model and component or field; either may be empty."""

    @cached_property
    def by_name(self) -> dict[str, Model]:
        """Models by the name that the cells' table prints."""
        return {model.name: model for model in self.models}

    @cached_property
    def by_component(self) -> dict[str, Component]:
        """Components by id."""
        return {component.id: component for component in self.components}

    @cached_property
    def by_level(self) -> dict[str, Level]:
        """Levels by id."""
        return {level.id: level for level in self.levels}

    @cached_property
    def developers(self) -> tuple[str, ...]:
        """Developers in the order of the table."""
        return tuple(dict.fromkeys(name for model in self.models for name in model.developers))

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Fields of the models' table by id."""
        return {field.id: field for field in FIELDS}

    def row(self, model: str) -> tuple[Cell, ...]:
        """The twelve cells of a model, in the order of the table."""
        return tuple(self.cells[model, component.id] for component in self.components)

    def column(self, component: str) -> tuple[Cell, ...]:
        """The cells of all models for a component, in the order of the table."""
        return tuple(self.cells[model.name, component] for model in self.models)

    def fact(self, model: str, field: str) -> Cell:
        """A value of the models' table, dressed as a cell so that it can be shown like one."""
        return Cell(
            model=model,
            component=field,
            component_title=self.fields[field].title,
            raw=self.by_name[model].raw(field),
            level="",
            annotation="",
            meaning=f"read on {self.work.accessed}" if field in self.work.dated_fields else "",
            source=self.work.models_table,
            note=self.note(model, field),
        )

    def note(self, model: str, entry: str) -> str:
        """The remark on a cell or fact, or nothing."""
        return self.notes.get((model, entry), "")

    def heading(self, component: str) -> str:
        """A column's heading, with its kind where two columns share the heading."""
        item = self.by_component[component]
        twins = [other for other in self.components if other.column == item.column]
        return f"{item.column} ({item.kind})" if len(twins) > 1 else item.column

    def of_developer(self, developer: str) -> tuple[str, ...]:
        """Names of a developer's models, in the order of the table."""
        return tuple(model.name for model in self.models if developer in model.developers)

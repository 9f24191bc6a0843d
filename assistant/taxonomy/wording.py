"""The sentences and the sources of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.taxonomy.cell import NOT_APPLICABLE, UNKNOWN, Cell
from assistant.taxonomy.query import (
    FAR,
    Condition,
    DeveloperTest,
    FieldTest,
    Grade,
    LevelTest,
    LicenceTest,
    ModelTest,
    ReleaseTest,
    TallyTest,
)

if TYPE_CHECKING:
    from assistant.taxonomy.edition import Edition

__all__ = [
    "Wording",
    "enumeration",
    "joined",
    "lowered",
    "remarks",
]

_OPERATORS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most", "=": "exactly"}


def enumeration(names: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    items = list(names)
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)


def joined(notes: Iterable[str]) -> str:
    """Notes as one paragraph, each once."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def lowered(text: str) -> str:
    """The text with a small first letter, unless it begins with capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def remarks(cells: Iterable[Cell]) -> str:
    """The notes on cells, each once; where the cells are of several models, with the models' names."""
    shown = list(cells)
    several = len({cell.model for cell in shown}) > 1
    noted: dict[str, list[str]] = {}
    for cell in shown:
        if cell.note and cell.model not in noted.setdefault(cell.note, []):
            noted[cell.note].append(cell.model)
    return joined(f"{enumeration(models)}: {note}" if several else note for note, models in noted.items())


class Wording:
    """Words for the tables of an edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def part(self, component: str) -> str:
        """A component inside a sentence, ``inference code``."""
        return lowered(self._edition.by_component[component].title)

    def parts(self, components: Sequence[str], last: str = "or") -> str:
        """Components inside a sentence; all of them in short."""
        if len(components) == len(self._edition.components):
            return "any component" if last == "or" else "every component"
        kinds = {self._edition.by_component[component].kind for component in components}
        everywhere = [item.id for item in self._edition.components if item.kind in kinds]
        if len(kinds) == 1 and len(components) == len(everywhere):
            return f"{'any' if last == 'or' else 'every'} {kinds.pop()} component"
        return enumeration((self.part(component) for component in components), last)

    def level(self, cell: Cell) -> str:
        """What a cell prints and what it means, ``D3(LLaMA-2), publicly available under …``."""
        if cell.level == NOT_APPLICABLE:
            return f"{cell.raw}, not applicable: the model has no such component"
        if cell.level == UNKNOWN:
            hint = f"; {cell.annotation} is a hint, not a level" if cell.annotation else ""
            return f"{cell.raw}, the information is not publicly available{hint}"
        return f"{cell.raw}, {lowered(cell.meaning)}"

    def cell(self, cell: Cell) -> str:
        """A cell as a sentence."""
        return f"{cell.model}, {lowered(cell.component_title)}: {self.level(cell)}."

    def fact(self, model: str, field: str) -> str:
        """A value of the models' table as a sentence."""
        item = self._edition.by_name[model]
        raw = item.raw(field)
        if raw == NOT_APPLICABLE:
            return f"{model}: the table gives no {self._edition.fields[field].phrase} (N/A)."
        sentences = {
            "developer": f"{model} was developed by {enumeration(item.developers)}.",
            "size": f"The largest {model} has {raw} parameters.",
            "release": f"{model} was released in {raw}.",
            "elo": f"{model} has a Chatbot Arena Elo of {raw}.",
            "citations": f"{model} has {raw} Google Scholar citations.",
            "downloads": f"{model} had {raw} Hugging Face downloads in the last month.",
        }
        return sentences[field]

    def grade(self, grade: Grade) -> str:
        """A grade inside a sentence, with its levels where it was named in words."""
        levels = self.levels(grade.levels)
        return levels if grade.sign or grade.levels <= {UNKNOWN, NOT_APPLICABLE} else f"{grade.text.lower()} ({levels})"

    def levels(self, levels: Iterable[str]) -> str:
        """Levels in the order of the scale, ``C5/D5``."""
        order = [level.id for level in self._edition.levels]
        return "/".join(sorted(levels, key=lambda level: order.index(level) if level in order else len(order)))

    def tested(self, test: LevelTest) -> str:
        """The levels that a test looks for, without those that its components cannot have."""
        kinds = {self._edition.by_component[name].kind[0].upper() for name in test.components}
        levels = [level for level in test.grade.levels if level[0] in (*kinds, UNKNOWN, NOT_APPLICABLE[0])]
        return self.levels(levels or test.grade.levels)

    def condition(self, condition: Condition) -> str:
        """A condition inside a sentence, ``weights at D3``."""
        match condition:
            case LevelTest():
                parts = self.parts(condition.components, "and" if condition.every else "or")
                return f"{parts} at {self.tested(condition)}"
            case LicenceTest():
                parts = self.parts(condition.components) if condition.components else "any component"
                sign = "not under" if condition.excluded else "under"
                return f"{parts} {sign} {enumeration(condition.licences, 'or')}"
            case TallyTest():
                amount = f"{_OPERATORS[condition.operator]} {condition.number}"
                return f"{amount} components at {self.grade(condition.grade)}"
            case ModelTest():
                return f"other than {enumeration(condition.excluded, 'or')}"
            case FieldTest():
                return self._field(condition)
            case ReleaseTest():
                return _span(condition)
            case DeveloperTest():
                wanted = f"developed by {enumeration(condition.developers, 'or')}" if condition.developers else ""
                spared = f"not developed by {enumeration(condition.excluded, 'or')}" if condition.excluded else ""
                return wanted or spared

    def _field(self, test: FieldTest) -> str:
        phrase = self._edition.fields[test.field].phrase
        if test.operator == "given":
            return f"a {phrase} in the table"
        if test.operator == "missing":
            return f"no {phrase} in the table (N/A)"
        amount = f"{_OPERATORS[test.operator]} {test.number:,}"
        if phrase.startswith("number of "):
            return f"{amount} {phrase.removeprefix('number of ')}"
        return f"a {phrase} of {amount}"

    def conditions(self, conditions: Iterable[Condition]) -> str:
        """All conditions inside a sentence."""
        return enumeration(self.condition(condition) for condition in conditions)

    def dated(self, fields: Iterable[str]) -> str:
        """When the facts that change were read, or nothing."""
        work = self._edition.work
        changing = [name for name in fields if name in work.dated_fields]
        return f"Read on {work.accessed}; such figures change." if changing else ""

    def cells_source(self, models: Sequence[str], components: Sequence[str]) -> str:
        """The work, the cells' table, its rows and columns."""
        work = self._edition.work
        return f"{work.cited}, {work.cells_table}, {self._rows(models)}, {self._columns(components)}"

    def facts_source(self, models: Sequence[str], fields: Sequence[str]) -> str:
        """The work, the models' table, its rows and columns."""
        work, known = self._edition.work, self._edition.by_name
        names = [known[model].name_in_facts for model in models]
        titles = [self._edition.fields[name].title for name in fields]
        columns = f"column{'s' if len(titles) > 1 else ''} {enumeration(titles)}" if titles else "all columns"
        return f"{work.cited}, {work.models_table}, {self._rows(names)}, {columns}"

    def _rows(self, models: Sequence[str]) -> str:
        if not models or len(models) == len(self._edition.models):
            return "all rows"
        return f"row{'s' if len(models) > 1 else ''} {enumeration(models)}"

    def _columns(self, components: Sequence[str]) -> str:
        if not components or len(components) == len(self._edition.components):
            return "all columns"
        headings = [self._edition.heading(component) for component in components]
        return f"column{'s' if len(headings) > 1 else ''} {enumeration(headings)}"

    def conditions_source(self, conditions: Sequence[Condition]) -> str:
        """The columns that conditions look into, over all rows."""
        components = [
            name for item in conditions if isinstance(item, LevelTest | LicenceTest) for name in item.components
        ]
        fields = [item.field for item in conditions if isinstance(item, FieldTest)]
        fields += ["release" for item in conditions if isinstance(item, ReleaseTest)]
        fields += ["developer" for item in conditions if isinstance(item, DeveloperTest)]
        sources = []
        whole = any(
            isinstance(item, TallyTest) or (isinstance(item, LicenceTest) and not item.components)
            for item in conditions
        )
        if components or whole:
            sources.append(self.cells_source((), () if whole else tuple(dict.fromkeys(components))))
        if fields or not sources:
            sources.append(self.facts_source((), tuple(dict.fromkeys(fields))))
        return "; ".join(sources)


def _span(test: ReleaseTest) -> str:
    """The condition in words, ``released before 01/2021``."""
    if test.first == 0:
        return f"released up to {_stamp(test.last)}"
    if test.last == FAR:
        return f"released from {_stamp(test.first)}"
    if test.first == test.last:
        return f"released in {_stamp(test.first)}"
    return f"released from {_stamp(test.first)} to {_stamp(test.last)}"


def _stamp(months: int) -> str:
    year, month = divmod(months - 1, 12)
    return f"{month + 1:02}/{year}"

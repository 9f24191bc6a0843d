"""The rule that turns a licence into a level: a point for each permission, and levels by the points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.taxonomy.interpreter import Query
from assistant.taxonomy.slots import Slot, Slots
from assistant.taxonomy.table import Table
from assistant.taxonomy.table_files import data_rows

__all__ = ["Judgement", "LicenceRule", "read_rule"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rule says to a question."""

    value: Any
    text: str
    note: str = ""
    source: str = ""
    found: bool = True


@dataclass(frozen=True, slots=True)
class _Step:
    """Which levels a number of points gives."""

    least: int
    most: int
    label: str
    code: str
    data: str

    @property
    def range(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"

    @property
    def said(self) -> str:
        return self.label[:1].lower() + self.label[1:]


class LicenceRule:
    """The rule of an edition of the openness tables, with the licences that the tables name."""

    def __init__(self, name: str) -> None:
        self._permissions = {row["permission"]: row for row in data_rows(name, "permissions.csv")}
        self._licences = {row["annotation"]: row for row in data_rows(name, "licences.csv")}
        self._steps = [
            _Step(int(row["from"]), int(row["to"]), row["label"], row["code"], row["data"])
            for row in data_rows(name, "points.csv")
        ]

    def asked(self, slots: Slots) -> dict[str, Any] | None:
        """What the question asks of the rule, or None."""
        if slots.has("thing", "family", "value", "date", "range", "extreme", "field", "share", "who"):
            return None
        licence, points = slots.has("licence"), slots.has("points")
        grades = [slot.grade for slot in slots.grades if slot.grade]
        if slots.has("several") and (licence or slots.has("part", "components")):
            return {"topic": "several"}
        if slots.has("amount") and _only(slots, _POINTED):
            return {"topic": "points", "points": self._number(slots)}
        if slots.has("permission", "grant", "deny", "only", "everything", "nothing") and not slots.has("criteria"):
            return self._terms(slots)
        number = self._number(slots)
        counted = number == len(self._permissions) and len(slots.of("number")) == 1 and not slots.has("grant")
        if counted and slots.has("criteria") and slots.has("which", "what"):
            number = None
        if number is not None and (points or slots.has("criteria")) and _only(slots, _POINTED):
            return {"topic": "points", "points": number}
        if (points or (licence and slots.has("when"))) and grades and _only(slots, _POINTED | {"count"}):
            return {"topic": "needed", "levels": frozenset(level for grade in grades for level in grade.levels)}
        named = [slot for slot in slots.of("annotation") if not slot.excluded]
        asks = slots.has("points", "level", "define", "howopen", "grade") and not slots.has(
            "things", "part", "cells", "count_of"
        )
        if len(named) == 1 and asks and _only(slots, _POINTED | {"annotation", "grade", "howopen", "count", "define"}):
            return {"topic": "licence", "licence": named[0].value}
        ruled = (slots.has("criteria") or points) and (licence or points)
        if (ruled or (licence and slots.has("rule", "level", "define"))) and _only(
            slots, _POINTED | {"rule", "count", "define", "number"}
        ):
            return {"topic": "criteria"} if not grades else None
        return None

    def _number(self, slots: Slots) -> int | None:
        """The points; of two numbers that which is no total, ``3 points out of 5``."""
        numbers = [slot.low for slot in slots.of("number") if not slot.sized and slot.low == slot.high]
        total = len(self._permissions)
        if "none" in slots.cues("amount"):
            return 0
        if "all" in slots.cues("amount") or (slots.has("all") and slots.has("criteria")):
            return total
        kept = [number for number in numbers if number != total] or numbers
        return kept[0] if kept else None

    def _terms(self, slots: Slots) -> dict[str, object] | None:
        """Which permissions a licence gives, and which it refuses."""
        if not _only(slots, _POINTED | _TERMS):
            return None
        verdicts: dict[str, bool] = {}
        rest: bool | None = None
        granting, at, items = True, 0, slots.items
        while at < len(items):
            slot, at = items[at], at + 1
            if slot.sort == "grant":
                granting = True
            elif slot.sort == "deny":
                at += at < len(items) and items[at].sort == "grant"
                behind = at < len(items) and items[at].sort in ("permission", "everything")
                behind = behind and not any(slot.last <= edge <= items[at].first for edge in slots.breaks)
                before = items[items.index(slot) - 1] if items.index(slot) else slot
                if not behind and before.sort == "permission":
                    verdicts[before.value.removeprefix("no:")] = False
                elif not behind and before.sort == "everything":
                    rest = False
                else:
                    granting = False
            elif slot.sort == "everything":
                rest = granting
            elif slot.sort == "nothing":
                rest = False
            elif slot.sort == "permission":
                name = slot.value.removeprefix("no:")
                given = granting and name == slot.value
                verdicts[name] = given and verdicts.get(name, True)
        only = slots.has("only")
        asked = slots.has("level", "points", "howopen", "what", "which", "grade", "part") or len(verdicts) > 1
        if not asked or not (verdicts or rest is not None) or not (slots.has("licence") or slots.has("grant", "deny")):
            return None
        if rest is None:
            rest = bool(verdicts) and not any(verdicts.values()) and not only
        allowed = tuple(name for name in self._permissions if verdicts.get(name, rest and not only))
        denied = tuple(name for name, given in verdicts.items() if not given)
        return {"topic": "permissions", "allowed": allowed, "denied": denied}

    def judge(self, query: Query, table: Table) -> Judgement:
        """The answer to a question on the rule."""
        work, scale = table.head.cited, f"{table.head.cited}, {table.head.scale}"
        match query.rule["topic"]:
            case "several":
                return Judgement(table.head.several_sources, table.head.several_sources, source=scale)
            case "points":
                return self._of_points(int(str(query.rule["points"])), scale)
            case "permissions":
                return self._of_permissions(query, scale)
            case "licence":
                source = f"{work}, {table.head.table}; {table.head.scale}"
                return self._of_licence(str(query.rule["licence"]), source)
            case "needed":
                return self._needed(query, scale)
        names = [row["name"] for row in self._permissions.values()]
        value = {
            "permissions": names,
            "points": [f"{step.range}: {step.label}, {step.code}/{step.data}" for step in self._steps],
        }
        listed = "; ".join(f"{row['name']} ({row['meaning']})" for row in self._permissions.values())
        mapped = "; ".join(f"{step.range} {step.said} ({step.code}, {step.data})" for step in self._steps)
        text = f"A licence gets one point for each permission: {listed}. Points: {mapped}."
        return Judgement(value, text, source=scale)

    def _of_points(self, points: int, source: str) -> Judgement:
        step = self._step(points)
        if step is None:
            text = f"A licence has 0 to {len(self._permissions)} points, one for each permission; {points} cannot be."
            return Judgement(None, text, source=source, found=False)
        text = f"{_points(points)}: {step.said}, {step.code} for code and {step.data} for data."
        return Judgement(_value(points, step), text, source=source)

    def _step(self, points: int) -> _Step | None:
        return next((step for step in self._steps if step.least <= points <= step.most), None)

    def _of_permissions(self, query: Query, source: str) -> Judgement:
        allowed = [name for name in self._permissions if name in tuple(query.rule["allowed"])]  # type: ignore[arg-type]
        denied = tuple(query.rule["denied"])  # type: ignore[arg-type]
        step = self._step(len(allowed))
        assert step is not None
        names = [self._permissions[name]["name"] for name in allowed]
        unnamed = [row["name"] for name, row in self._permissions.items() if name not in (*allowed, *denied)]
        given = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names) or "none of the five"
        points = _points(len(allowed))
        text = f"Allowed: {given}, {points}: {step.said}, {step.code} for code and {step.data} for data."
        note = f"Taken as not allowed, since not named: {', '.join(unnamed)}." if denied and unnamed and allowed else ""
        return Judgement({**_value(len(allowed), step), "allowed": names}, text, note, source)

    def _of_licence(self, name: str, source: str) -> Judgement:
        row = self._licences[name]
        printed = row["levels_in_table_3"]
        value = {
            "licence": name,
            "levels": [part.split(" x")[0] for part in printed.split("; ")],
            "points_implied_by_table_3": row["points_implied_by_table_3"],
            "points_derived": row["points_derived"],
        }
        shown = printed.replace(" x", " in ").replace("; ", " cells, ")
        text = f"{name}: {shown} cells of the table, which implies {row['points_implied_by_table_3']} points."
        note = "No points can be derived: it is no single licence."
        if row["points_derived"]:
            levels = f"{row['code_level_derived']}/{row['data_level_derived']}"
            note = (
                f"Derived from the licence's own terms, not from the paper: {row['points_derived']} points "
                f"({levels}; confidence {row['confidence_derived']})."
            )
        return Judgement(value, text, note, source)

    def _needed(self, query: Query, source: str) -> Judgement:
        levels = frozenset(query.rule["levels"])  # type: ignore[call-overload]
        steps = [step for step in self._steps if levels & {step.code, step.data}]
        value = {step.range: [step.code, step.data] for step in steps}
        text = "; ".join(f"{step.range} points: {step.said}, {step.code}/{step.data}" for step in steps)
        without = "Level 1 is for what is not released, and D2 for a paid API; no licence points lead there."
        return Judgement(value, f"{text}." if steps else without, source=source)


def _only(slots: Slots, accepted: frozenset[str]) -> bool:
    return all(slot.sort in accepted for slot in slots.items)


_POINTED = frozenset(
    ("licence", "points", "criteria", "number", "level", "what", "which", "part", "amount", "all", "define", "grade",
     "when", "head", "howopen", "several", "components", "given", "publish", "row", "grant", "where", "count")
)  # fmt: skip
_TERMS = frozenset(("permission", "grant", "deny", "only", "everything", "nothing", "count", "more"))


def _points(points: int) -> str:
    return f"{points} point{'' if points == 1 else 's'}"


def _value(points: int, step: _Step) -> dict[str, object]:
    return {"points": points, "code": step.code, "data": step.data, "label": step.label}


@cache
def read_rule(name: str) -> LicenceRule:
    """The rule of an edition, read once."""
    return LicenceRule(name)

"""The rule that turns a licence into a level: a point for each permission, and levels by the points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from assistant.taxonomy.interpreter import Query
from assistant.taxonomy.slots import Slots
from assistant.taxonomy.table import Table, TaxonomyAnswer, enumeration
from assistant.taxonomy.table_files import data_rows

__all__ = ["LicenceRule", "read_rule"]


class LicenceRule:
    """The rule of an edition of the openness tables, with the licences that the tables name."""

    def __init__(self, name: str) -> None:
        self._permissions = {row["permission"]: row for row in data_rows(name, "permissions.csv")}
        self._licences = {row["annotation"]: row for row in data_rows(name, "licences.csv")}
        self._steps = data_rows(name, "points.csv")

    def asked(self, slots: Slots) -> dict[str, Any] | None:
        """What the question asks of the rule, or None."""
        if slots.has("thing", "family", "value", "date", "range", "extreme", "field", "share", "who"):
            return None
        licence, points, criteria = slots.has("licence"), slots.has("points"), slots.has("criteria")
        if slots.has("several") and (licence or slots.has("part", "components")):
            return {"topic": "several"}
        pointed, number = _only(slots, _POINTED), self._number(slots)
        if slots.has("amount") and pointed:
            return {"topic": "points", "points": number}
        if slots.has("permission", "grant", "deny", "only", "everything", "nothing") and not criteria:
            return self._terms(slots)
        counted = number == len(self._permissions) and len(slots.of("number")) == 1 and not slots.has("grant")
        listed = counted and criteria and slots.has("which", "what")
        if number is not None and not listed and (points or criteria) and pointed:
            return {"topic": "points", "points": number}
        levels = frozenset(level for slot in slots.of("grade") for level in slot.grade.levels)
        if (points or (licence and slots.has("when"))) and slots.of("grade") and _only(slots, _POINTED | {"count"}):
            return {"topic": "needed", "levels": levels}
        named = [slot.value for slot in slots.of("annotation") if not slot.excluded]
        asks = slots.has("points", "level", "define", "howopen", "grade") and not slots.has("things", "part", "cells")
        if len(named) == 1 and asks and _only(slots, _POINTED | {"annotation"}):
            return {"topic": "licence", "licence": named[0]}
        ruled = points or (licence and (criteria or slots.has("rule", "level", "define")))
        return {"topic": "criteria"} if ruled and not slots.of("grade") and _only(slots, _POINTED | {"rule"}) else None

    def _number(self, slots: Slots) -> int | None:
        """The points; of two numbers that which is no total, ``3 points out of 5``."""
        amounts, total = slots.cues("amount"), len(self._permissions)
        if "none" in amounts:
            return 0
        if "all" in amounts or (slots.has("all") and slots.has("criteria")):
            return total
        numbers = [slot.low for slot in slots.of("number") if not slot.sized and slot.low == slot.high]
        return next((number for number in numbers if number != total), next(iter(numbers), None))

    def _terms(self, slots: Slots) -> dict[str, object] | None:
        """What a licence allows and denies; a denial is for what follows it, else for what stands before it."""
        if not _only(slots, _TERMS):
            return None
        verdicts: dict[str, bool] = {}
        rest: bool | None = None
        granting, items = True, slots.items
        for n, slot in enumerate(items):
            before, name = items[n - 1] if n else slot, slot.value.removeprefix("no:")
            if slot.sort == "grant" and before.sort != "deny":
                granting = True
            elif slot.sort == "deny":
                following = next((item for item in items[n + 1 :] if item.sort != "grant"), slot)
                ahead = following.sort in ("permission", "everything")
                ahead = ahead and not any(slot.last <= edge <= following.first for edge in slots.breaks)
                if ahead or before.sort not in ("permission", "everything"):
                    granting = False
                elif before.sort == "permission":
                    verdicts[before.value.removeprefix("no:")] = False
                else:
                    rest = False
            elif slot.sort in ("everything", "nothing"):
                rest = granting and slot.sort == "everything"
            elif slot.sort == "permission":
                verdicts[name] = granting and name == slot.value and verdicts.get(name, True)
        only = slots.has("only")
        asked = slots.has("level", "points", "howopen", "what", "which", "grade", "part") or len(verdicts) > 1
        if not asked or not (verdicts or rest is not None) or not slots.has("licence", "grant", "deny"):
            return None
        if rest is None:
            rest = not any(verdicts.values()) and not only
        allowed = tuple(name for name in self._permissions if verdicts.get(name, rest and not only))
        return {"topic": "permissions", "allowed": allowed, "denied": [name for name in verdicts if not verdicts[name]]}

    def judge(self, query: Query, table: Table) -> TaxonomyAnswer:
        """The answer to a question on the rule."""
        rule, head = query.rule, table.head
        value, text, note = self._judged(rule, head.several_sources)
        place = f"{head.table}; {head.scale}" if rule["topic"] == "licence" else head.scale
        source = f"{head.cited}, {place}"
        return TaxonomyAnswer(
            query.question, "licence_rule", value is not None, value=value, text=text, note=note, source=source,
            corrections=query.corrections, taxonomy=head.name, cite=table.cite(source),
        )  # fmt: skip

    def _judged(self, rule: dict[str, Any], several: str) -> tuple[Any, str, str]:
        match rule["topic"]:
            case "several":
                return several, several, ""
            case "points":
                return self._of_points(int(rule["points"] or 0))
            case "permissions":
                return self._of_permissions(rule["allowed"], rule["denied"])
            case "licence":
                return self._of_licence(self._licences[rule["licence"]])
            case "needed":
                steps = [step for step in self._steps if rule["levels"] & {step["code"], step["data"]}]
                without = "Level 1 is for what is not released, and D2 for a paid API; no licence points lead there."
                listed = "; ".join("{points} points: {said}, {code}/{data}".format_map(step) for step in steps)
                value = {step["points"]: [step["code"], step["data"]] for step in steps}
                return value, f"{listed}." if steps else without, ""
        listed = "; ".join("{name} ({meaning})".format_map(row) for row in self._permissions.values())
        mapped = "; ".join("{points} {said} ({code}, {data})".format_map(step) for step in self._steps)
        value = {
            "permissions": [row["name"] for row in self._permissions.values()],
            "points": ["{points}: {label}, {code}/{data}".format_map(step) for step in self._steps],
        }
        return value, f"A licence gets one point for each permission: {listed}. Points: {mapped}.", ""

    def _of_points(self, points: int) -> tuple[Any, str, str]:
        step = next((step for step in self._steps if int(step["from"]) <= points <= int(step["to"])), None)
        if step is None:
            most = len(self._permissions)
            return None, f"A licence has 0 to {most} points, one for each permission; {points} cannot be.", ""
        value = {"points": points, **{name: step[name] for name in ("code", "data", "label")}}
        said = "{said}, {code} for code and {data} for data.".format_map(step)
        return value, f"{points} point{'' if points == 1 else 's'}: {said}", ""

    def _of_permissions(self, allowed: Sequence[str], denied: Sequence[str]) -> tuple[Any, str, str]:
        value, said, _ = self._of_points(len(allowed))
        names = {name: row["name"] for name, row in self._permissions.items()}
        given = [names[name] for name in allowed]
        unnamed = ", ".join(names[name] for name in names if name not in (*allowed, *denied))
        note = f"Taken as not allowed, since not named: {unnamed}." if denied and unnamed and allowed else ""
        return {**value, "allowed": given}, f"Allowed: {enumeration(given) or 'none of the five'}, {said}", note

    def _of_licence(self, row: dict[str, str]) -> tuple[Any, str, str]:
        printed, derived = row["levels_in_table_3"], "No points can be derived: it is no single licence."
        if row["points_derived"]:
            derived = (
                "Derived from the licence's own terms, not from the paper: {points_derived} points "
                "({code_level_derived}/{data_level_derived}; confidence {confidence_derived})."
            )
        value: dict[str, Any] = {name: row[name] for name in ("points_implied_by_table_3", "points_derived")}
        value |= {"licence": row["annotation"], "levels": [part.split(" x")[0] for part in printed.split("; ")]}
        shown = printed.replace(" x", " in ").replace("; ", " cells, ")
        said = "{annotation}: {shown} cells of the table, which implies {points_implied_by_table_3} points."
        return value, said.format(shown=shown, **row), derived.format_map(row)


def _only(slots: Slots, accepted: frozenset[str]) -> bool:
    return all(slot.sort in accepted for slot in slots.items)


_POINTED = frozenset(
    "licence points criteria number level what which part amount all define grade when head howopen several components"
    " given publish row grant where count source".split()
)
_TERMS = _POINTED | frozenset("permission grant deny only everything nothing more".split())


@cache
def read_rule(name: str) -> LicenceRule:
    """The rule of an edition, read once."""
    return LicenceRule(name)

"""The tables: complete, readable back into what is printed, and equal to the facts they were taken from."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.taxonomy import Taxonomy
from assistant.taxonomy.cell import NOT_APPLICABLE, UNKNOWN, parse_raw, render_raw
from assistant.taxonomy.edition import Edition
from assistant.taxonomy.reading import read_edition
from corpus.errors import LibraryError, UsageError

SHARED = Path(__file__).parents[3].parent / "shared" / "taxonomy"
FACTS = {
    "developer": "developer",
    "size": "size_raw",
    "release": "release_raw",
    "elo": "arena_elo_raw",
    "citations": "scholar_citations_raw",
    "downloads": "hf_downloads_last_month_raw",
}


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition("eiras-2024")


def rows(name: str) -> list[dict[str, str]]:
    if not (SHARED / name).is_file():
        pytest.skip(f"the facts to compare with are not beside the project: {SHARED / name}")
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_cell_is_the_one_of_the_source(edition: Edition) -> None:
    expected = rows("classification.csv")
    assert len(expected) == 480
    for row in expected:
        cell = edition.cells[row["model"], row["component"]]
        assert (cell.raw, cell.level, cell.annotation) == (row["raw"], row["level"], row["annotation"])
        assert "|".join(cell.hint) == row["level_hint"]
        assert (cell.number or "") == (int(row["level_num"]) if row["level_num"] else "")


def test_every_fact_is_the_one_of_the_source(edition: Edition) -> None:
    expected = rows("models.csv")
    assert len(expected) == 40
    compared = 0
    for row in expected:
        model = edition.by_name[row["model"]]
        for field, column in FACTS.items():
            assert model.raw(field) == row[column], (row["model"], field)
            compared += 1
        assert model.released == row["release"]
        for field, column in (("size", "size_params"), ("elo", "arena_elo"), ("citations", "scholar_citations")):
            assert str(model.number(field) or "") == row[column]
        assert model.name_in_facts == row["name_table2"]
        assert "; ".join(model.developers) == row["developer_list"]
    assert compared == 240


def test_levels_and_points_are_those_of_the_source(edition: Edition) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the facts to compare with are not beside the project: {SHARED}")
    source: dict[str, Any] = json.loads((SHARED / "levels.json").read_text(encoding="utf-8"))
    for level, meaning in source["levels"].items():
        assert meaning.lower() in edition.by_level[level].meaning.lower()
    assert {item.name: list(item.levels) for item in edition.categories} == source["groups"]
    assert [(rule.label, rule.code, rule.data) for rule in edition.points] == [
        (rule["label"], rule["code"], rule["data"]) for rule in source["points_to_level"]
    ]
    assert [item.name for item in edition.permissions] == source["criteria"]


def test_licences_agree_with_the_cells(edition: Edition) -> None:
    for licence in edition.licences:
        cells = [cell for cell in edition.cells.values() if cell.annotation == licence.name]
        counts = Counter(cell.level for cell in cells)
        assert {part.split(" x")[0]: int(part.split(" x")[1]) for part in licence.levels.split("; ")} == counts
    named = {licence.name for licence in edition.licences}
    assert {cell.annotation for cell in edition.cells.values() if cell.annotation and not cell.hint} == named


def test_the_table_is_complete() -> None:
    taxonomy = Taxonomy.load()
    assert (len(taxonomy.models), len(taxonomy.components)) == (40, 12)
    cells = [taxonomy.cell(model.name, item.id) for model in taxonomy.models for item in taxonomy.components]
    assert len(cells) == 480
    assert sum(cell.level == NOT_APPLICABLE for cell in cells) == 197
    assert sum(cell.level == UNKNOWN for cell in cells) == 7
    assert all(cell.level in {level.id for level in taxonomy.levels} for cell in cells)
    assert all(cell.meaning and cell.source == "Table 3" for cell in cells)


def test_code_is_judged_as_code_and_data_as_data() -> None:
    taxonomy = Taxonomy.load()
    for component in taxonomy.components:
        for cell in taxonomy.column(component.id):
            if cell.number is not None:
                assert cell.level[0].lower() == component.kind[0]


def test_every_raw_cell_reads_and_renders(edition: Edition) -> None:
    for cell in edition.cells.values():
        assert render_raw(*parse_raw(cell.raw)) == cell.raw
        assert bool(cell.hint) == (cell.annotation_type == "hint")


@pytest.mark.parametrize("raw", ["", "D6", "C0(MIT)", "d3", "D3()", "D3 (MIT)", "N/A ", "??"])
def test_what_is_no_cell_is_refused(raw: str) -> None:
    with pytest.raises(LibraryError):
        parse_raw(raw)


def test_rows_and_columns_hold_the_same_cells() -> None:
    taxonomy = Taxonomy.load()
    assert taxonomy.row("GPT-2")[0] is taxonomy.column("pretraining_code")[0]
    assert [cell.component for cell in taxonomy.row("BLOOM")] == [item.id for item in taxonomy.components]
    assert [cell.model for cell in taxonomy.column("weights")] == [item.name for item in taxonomy.models]


def test_names_may_be_written_freely() -> None:
    taxonomy = Taxonomy.load()
    assert taxonomy.cell("llama 2", "weights") is taxonomy.cell("LLaMA-2", "weights")
    assert taxonomy.row("Anthropic 175B LM") == taxonomy.row("Anthropic 175B")


def test_unknown_names_are_refused_with_the_nearest() -> None:
    taxonomy = Taxonomy.load()
    with pytest.raises(UsageError, match="Falcon"):
        taxonomy.cell("Falkon", "weights")
    with pytest.raises(UsageError, match="weights"):
        taxonomy.column("weight")
    with pytest.raises(LibraryError, match="eiras-2024"):
        Taxonomy.load("eiras-2025")


def test_an_edition_is_read_once() -> None:
    assert Taxonomy.load() is Taxonomy.load("eiras-2024")


def test_all_names_point_to_rows(edition: Edition) -> None:
    assert {model for model, _ in edition.other_names.values()} <= set(edition.by_name)
    assert set(edition.developer_names.values()) <= set(edition.developers)
    assert {model for family in edition.families for model in family.members} <= set(edition.by_name)
    assert {model for model, _ in edition.notes if model} <= set(edition.by_name)
    assert {entry for _, entry in edition.notes if entry} <= {*edition.by_component, *edition.fields}

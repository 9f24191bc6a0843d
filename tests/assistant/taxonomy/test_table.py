"""The tables: complete, readable back into what is printed, and equal to the facts they were taken from."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.taxonomy import Shelf, Taxonomy
from assistant.taxonomy.table import NOT_APPLICABLE, UNKNOWN, Table
from assistant.taxonomy.table_files import TABLES, data_rows, read_table
from corpus.errors import LibraryError, UsageError

SIZES = {
    "risks-opportunities": 15,
    "claims": 4,
    "recommendations": 5,
    "governance": 10,
    "marginal-risk": 24,
    "release-gradient": 6,
    "stages": 3,
    "osai-index": 194,
}
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
def table() -> Table:
    return read_table("eiras-2024")


def rows(name: str) -> list[dict[str, str]]:
    if not (SHARED / name).is_file():
        pytest.skip(f"the facts to compare with are not beside the project: {SHARED / name}")
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(name: str) -> Any:
    if not (SHARED / name).is_file():
        pytest.skip(f"the facts to compare with are not beside the project: {SHARED / name}")
    return json.loads((SHARED / name).read_text(encoding="utf-8"))


def field(table: Table, name: str) -> list[str]:
    return [table.raw(thing.name, name) for thing in table.things]


def names(table: Table) -> list[str]:
    return [thing.name for thing in table.things]


def test_every_cell_is_the_one_of_the_source(table: Table) -> None:
    expected = rows("classification.csv")
    assert len(expected) == 480
    for row in expected:
        cell = table.cell(row["model"], row["component"])
        assert (cell.raw, cell.level, cell.annotation) == (row["raw"], row["level"], row["annotation"])
        assert "|".join(cell.hint) == row["level_hint"]
        assert (cell.number or "") == (int(row["level_num"]) if row["level_num"] else "")


def test_every_fact_is_the_one_of_the_source(table: Table) -> None:
    expected = rows("models.csv")
    assert len(expected) == 40
    for row in expected:
        name = row["model"]
        for column, source in FACTS.items():
            assert table.raw(name, column) == row[source], (name, column)
        months = table.number(name, "release") or 0
        assert f"{(months - 1) // 12}-{(months - 1) % 12 + 1:02}" == row["release"]
        for column, source in (("size", "size_params"), ("elo", "arena_elo"), ("citations", "scholar_citations")):
            assert str(table.number(name, column) or "") == row[source]
        assert "; ".join(table.names(name, "developer")) == row["developer_list"]


def test_levels_and_points_are_those_of_the_source(table: Table) -> None:
    source = facts("levels.json")
    for level, meaning in source["levels"].items():
        assert meaning.lower() in table.by_level[level].meaning.lower()
    assert {item.name: list(item.levels) for item in table.categories} == source["groups"]
    points = [(row["label"], row["code"], row["data"]) for row in data_rows("eiras-2024", "points.csv")]
    assert points == [(rule["label"], rule["code"], rule["data"]) for rule in source["points_to_level"]]
    assert [row["name"] for row in data_rows("eiras-2024", "permissions.csv")] == source["criteria"]


def test_licences_agree_with_the_cells(table: Table) -> None:
    cells = [cell for thing in table.things for cell in table.row(thing.name)]
    licences = data_rows("eiras-2024", "licences.csv")
    for row in licences:
        counts = Counter(cell.level for cell in cells if cell.annotation == row["annotation"])
        printed = row["levels_in_table_3"].split("; ")
        assert {part.split(" x")[0]: int(part.split(" x")[1]) for part in printed} == counts
    assert {cell.annotation for cell in cells if cell.annotation and not cell.hint} == {
        r["annotation"] for r in licences
    }


def test_the_table_is_complete() -> None:
    taxonomy = Taxonomy.load()
    assert (len(taxonomy.table.things), len(taxonomy.table.components)) == (40, 12)
    cells = [
        taxonomy.cell(model.name, item.id) for model in taxonomy.table.things for item in taxonomy.table.components
    ]
    assert len(cells) == 480
    assert sum(cell.level == NOT_APPLICABLE for cell in cells) == 197
    assert sum(cell.level == UNKNOWN for cell in cells) == 7
    assert all(cell.level in {level.id for level in taxonomy.table.levels} for cell in cells)
    assert all(cell.meaning and cell.source == "Table 3" for cell in cells)


def test_code_is_judged_as_code_and_data_as_data() -> None:
    taxonomy = Taxonomy.load()
    for component in taxonomy.table.components:
        for cell in taxonomy.table.column(component.id):
            if cell.number is not None:
                assert cell.level[0].lower() == component.kind[0]


def test_rows_and_columns_hold_the_same_cells() -> None:
    taxonomy = Taxonomy.load()
    assert taxonomy.table.row("GPT-2")[0] == taxonomy.table.column("pretraining_code")[0]
    assert [cell.component for cell in taxonomy.table.row("BLOOM")] == [item.id for item in taxonomy.table.components]
    assert [cell.model for cell in taxonomy.table.column("weights")] == [item.name for item in taxonomy.table.things]


def test_names_may_be_written_freely() -> None:
    taxonomy = Taxonomy.load()
    assert taxonomy.cell("llama 2", "weights") == taxonomy.cell("LLaMA-2", "weights")
    assert taxonomy.cell("Anthropic 175B LM", "weights") == taxonomy.cell("Anthropic 175B", "weights")


def test_unknown_names_are_refused_with_the_nearest() -> None:
    taxonomy = Taxonomy.load()
    with pytest.raises(UsageError, match="Falcon"):
        taxonomy.cell("Falkon", "weights")
    with pytest.raises(UsageError, match="weights"):
        taxonomy.cell("OPT", "weight")
    with pytest.raises(LibraryError, match="eiras-2024"):
        Taxonomy.load("eiras-2025")


def test_an_edition_is_read_once() -> None:
    assert Taxonomy.load() is Taxonomy.load("eiras-2024")


def test_all_names_point_to_rows(table: Table) -> None:
    assert {member for family in table.families for member in family.members} <= set(table.by_name)
    assert {name for name, _ in table.notes if name} <= set(table.by_name)
    assert {entry for _, entry in table.notes if entry} <= set(table.columns)
    aliases = [alias for thing in table.things for alias in thing.aliases]
    assert set(table.alias_notes) <= set(aliases) and len(set(aliases)) == len(aliases)


def test_every_data_set_has_its_size_and_source() -> None:
    assert set(SIZES) == set(TABLES)
    for name, size in SIZES.items():
        table = read_table(name)
        assert len(table.things) == size, name
        assert table.head.work and table.head.key and table.head.table and table.head.identifier


def test_risks_and_opportunities() -> None:
    table = read_table("risks-opportunities")
    assert (field(table, "sign").count("opportunity"), field(table, "sign").count("risk")) == (13, 2)
    expected = facts("paper_structure.json")["section4"]
    assert names(table) == [row["title"] for row in expected]
    assert field(table, "section") == [row["section"] for row in expected]
    assert field(table, "theme") == [row["theme"] for row in expected]
    assert [{"opportunity": "+", "risk": "-"}[sign] for sign in field(table, "sign")] == [r["sign"] for r in expected]


def test_claims_recommendations_and_governance() -> None:
    expected = facts("paper_structure.json")
    assert names(read_table("claims")) == [row["claim"] for row in expected["section5.1_claims"]]
    recommended = [row["recommendation"] for row in expected["section5.2_recommendations"]]
    assert names(read_table("recommendations")) == recommended
    governance = read_table("governance")
    assert names(governance) == [row["jurisdiction"] for row in expected["B1_governance"]]
    assert field(governance, "instrument") == [row["instrument"] for row in expected["B1_governance"]]
    assert field(governance, "section") == [row["section"] for row in expected["B1_governance"]]


def test_the_frameworks() -> None:
    expected = facts("frameworks.json")
    table = read_table("marginal-risk")
    groups = list(zip(names(table), field(table, "group"), strict=True))
    for group, key in (
        ("step", "marginal_risk_steps"),
        ("property", "distinctive_properties"),
        ("benefit", "benefits"),
    ):
        assert [name for name, kind in groups if kind == group] == expected["kapoor2024"][key]
    studies = [thing for thing, (_, kind) in zip(table.things, groups, strict=True) if kind == "study"]
    meaning = [column.id for column in table.fields].index("meaning")
    for thing, (misuse, work) in zip(studies, expected["kapoor2024"]["misuse_studies"], strict=True):
        assert thing.name == misuse and thing.fields[meaning].startswith(work)
    assert names(read_table("release-gradient")) == expected["seger2023"]["sharing_gradient"]
    assert names(read_table("stages")) == list(facts("paper_structure.json")["stages"])


def test_no_sentence_of_the_facts_is_carried_over() -> None:
    expected = facts("paper_structure.json")
    said = {row["says"] for row in expected["B1_governance"]}
    for name in TABLES:
        table = read_table(name)
        if any(column.id == "meaning" for column in table.fields):
            assert not said & set(field(table, "meaning"))
            assert all(field(table, "meaning"))


def test_every_cell_of_the_other_index_is_the_one_of_the_source() -> None:
    table = read_table("osai-index")
    expected = rows("osai_index/index.csv")
    components = [column.id for column in table.components]
    assert len(expected) == len(table.things) and len(components) == 12
    compared = 0
    for row, thing in zip(expected, table.things, strict=True):
        assert thing.name == row["name"] or not row["name"]
        for component, raw in zip(components, thing.cells, strict=True):
            assert raw == row[component], (thing.name, component)
            compared += 1
    assert compared == 194 * 12
    assert field(table, "organisation") == [row["org"] for row in expected]
    assert field(table, "licence") == [row["endmodellicense"] for row in expected]
    assert field(table, "released") == [row["releasedate"] for row in expected]


def full_index() -> list[dict[str, Any]]:
    path = SHARED / "osai_index" / "index_full.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"the facts to compare with are not beside the project: {path}")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_evidence_of_the_other_index_is_links_of_the_source() -> None:
    table = read_table("osai-index")
    full = {item["file"]: item for item in full_index()}
    files = [row["file"] for row in rows("osai_index/index.csv")]
    for name, thing in zip(files, table.things, strict=True):
        for column in table.components:
            link = table.evidence.get((thing.name, column.id), "")
            given = (full[name].get(column.id) or {}).get("link") or ""
            assert not link or link in ("".join(given) if isinstance(given, list) else given)


def test_the_other_index_is_attributed() -> None:
    head = read_table("osai-index").head
    assert head.licence == "CC BY 4.0"
    assert "osai-index.eu" in head.attribution and "10.5281/zenodo.15386042" in head.attribution


def test_the_crosswalk_shows_the_other_index_beside_and_converts_nothing() -> None:
    shelf = Shelf()
    answer = shelf.ask("weights of LLaMA-2")
    assert answer.value["raw"] == "D3(LLaMA-2)"
    beside = answer.beside[0]
    assert (beside["taxonomy"], beside["model"], beside["relation"]) == ("osai-index", "Llama 2", "chat model")
    assert set(beside["value"]) == {"weights_basemodel", "weights_endmodel"}
    assert set(beside["value"].values()) <= {"open", "partial", "closed"}
    expected = rows("crosswalk_models.csv")
    linked = {row["model"] for row in expected if row["osai_file"]}
    for model in (row["model"] for row in expected):
        found = shelf.ask(f"weights of {model}").beside
        assert bool(found) == (model in linked), model


def test_a_model_outside_the_table_is_shown_from_the_other_index_without_a_level() -> None:
    answer = Shelf().ask("How open is OLMo?")
    assert (answer.kind, answer.found, answer.value) == ("unknown_model", False, None)
    assert "not in this taxonomy" in answer.text and "Nearest names" in answer.note
    assert answer.beside[0]["model"] == "OLMo"

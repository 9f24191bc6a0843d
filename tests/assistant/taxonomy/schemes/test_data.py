"""The data sets that come along: equal to the facts beside the project where these are, and counted where not."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.taxonomy.schemes import SCHEMES, Scheme, read_scheme
from assistant.taxonomy.shelf import Shelf

SHARED = Path(__file__).parents[4].parent / "shared" / "taxonomy"
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


def facts(name: str) -> Any:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the facts to compare with are not beside the project: {path}")
    if path.suffix == ".json":
        return json.loads(path.read_text("utf-8"))
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def field(scheme: Scheme, name: str) -> list[str]:
    place = [column.id for column in scheme.fields].index(name)
    return [thing.fields[place] for thing in scheme.things]


def names(scheme: Scheme) -> list[str]:
    return [thing.name for thing in scheme.things]


def test_every_data_set_has_its_size_and_source() -> None:
    assert set(SIZES) == set(SCHEMES)
    for name, size in SIZES.items():
        scheme = read_scheme(name)
        assert len(scheme.things) == size, name
        assert scheme.head.work and scheme.head.key and scheme.head.table and scheme.head.identifier


def test_risks_and_opportunities() -> None:
    scheme = read_scheme("risks-opportunities")
    assert (field(scheme, "sign").count("opportunity"), field(scheme, "sign").count("risk")) == (13, 2)
    expected = facts("paper_structure.json")["section4"]
    assert names(scheme) == [row["title"] for row in expected]
    assert field(scheme, "section") == [row["section"] for row in expected]
    assert field(scheme, "theme") == [row["theme"] for row in expected]
    assert [{"opportunity": "+", "risk": "-"}[sign] for sign in field(scheme, "sign")] == [r["sign"] for r in expected]


def test_claims_recommendations_and_governance() -> None:
    expected = facts("paper_structure.json")
    assert names(read_scheme("claims")) == [row["claim"] for row in expected["section5.1_claims"]]
    recommended = [row["recommendation"] for row in expected["section5.2_recommendations"]]
    assert names(read_scheme("recommendations")) == recommended
    governance = read_scheme("governance")
    assert names(governance) == [row["jurisdiction"] for row in expected["B1_governance"]]
    assert field(governance, "instrument") == [row["instrument"] for row in expected["B1_governance"]]
    assert field(governance, "section") == [row["section"] for row in expected["B1_governance"]]


def test_the_frameworks() -> None:
    expected = facts("frameworks.json")
    scheme = read_scheme("marginal-risk")
    groups = list(zip(names(scheme), field(scheme, "group"), strict=True))
    for group, key in (
        ("step", "marginal_risk_steps"),
        ("property", "distinctive_properties"),
        ("benefit", "benefits"),
    ):
        assert [name for name, kind in groups if kind == group] == expected["kapoor2024"][key]
    studies = [thing for thing, (_, kind) in zip(scheme.things, groups, strict=True) if kind == "study"]
    meaning = [column.id for column in scheme.fields].index("meaning")
    for thing, (misuse, work) in zip(studies, expected["kapoor2024"]["misuse_studies"], strict=True):
        assert thing.name == misuse and thing.fields[meaning].startswith(work)
    assert names(read_scheme("release-gradient")) == expected["seger2023"]["sharing_gradient"]
    assert names(read_scheme("stages")) == list(facts("paper_structure.json")["stages"])


def test_no_sentence_of_the_facts_is_carried_over() -> None:
    expected = facts("paper_structure.json")
    said = {row["says"] for row in expected["B1_governance"]}
    for name in SCHEMES:
        scheme = read_scheme(name)
        if any(column.id == "meaning" for column in scheme.fields):
            assert not said & set(field(scheme, "meaning"))
            assert all(field(scheme, "meaning"))


def test_every_cell_of_the_other_index_is_the_one_of_the_source() -> None:
    scheme = read_scheme("osai-index")
    expected = facts("osai_index/index.csv")
    components = [column.id for column in scheme.components]
    assert len(expected) == len(scheme.things) and len(components) == 12
    compared = 0
    for row, thing in zip(expected, scheme.things, strict=True):
        assert thing.name == row["name"] or not row["name"]
        for component, raw in zip(components, thing.cells, strict=True):
            assert raw == row[component], (thing.name, component)
            compared += 1
    assert compared == 194 * 12
    assert field(scheme, "organisation") == [row["org"] for row in expected]
    assert field(scheme, "licence") == [row["endmodellicense"] for row in expected]
    assert field(scheme, "released") == [row["releasedate"] for row in expected]


def test_evidence_of_the_other_index_is_links_of_the_source() -> None:
    scheme = read_scheme("osai-index")
    full = {item["file"]: item for item in facts("osai_index/index_full.jsonl.gz")}
    files = [row["file"] for row in facts("osai_index/index.csv")]
    for name, thing in zip(files, scheme.things, strict=True):
        for column in scheme.components:
            link = scheme.evidence.get((thing.name, column.id), "")
            given = (full[name].get(column.id) or {}).get("link") or ""
            assert not link or link in ("".join(given) if isinstance(given, list) else given)


def test_the_other_index_is_attributed() -> None:
    head = read_scheme("osai-index").head
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
    expected = facts("crosswalk_models.csv")
    linked = {row["model"] for row in expected if row["osai_file"]}
    for model in (row["model"] for row in expected):
        found = shelf.ask(f"weights of {model}").beside
        assert bool(found) == (model in linked), model


def test_a_model_outside_the_table_is_shown_from_the_other_index_without_a_level() -> None:
    answer = Shelf().ask("How open is OLMo?")
    assert (answer.kind, answer.found, answer.value) == ("unknown_model", False, None)
    assert "not in this taxonomy" in answer.text and "Nearest names" in answer.note
    assert answer.beside[0]["model"] == "OLMo"

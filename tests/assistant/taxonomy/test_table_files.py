"""A person's own file: what is read, and which fault is named where."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.taxonomy import Shelf
from assistant.taxonomy.table_files import OwnTaxonomies, read_file
from assistant.workspace import Workspace
from corpus.errors import ReadError, UsageError

TOOLS = "tool,field:maker,tests,docs\nAlpha Tool,Acme,yes,no\nBeta Tool,Acme,no,yes\nGamma Tool,Solo,yes,yes\n"
SHARE = {"count": 2, "total": 3, "share": 0.6667, "percent": 66.67}
HEAD = """
title = "Tools of the trade"
work = "Lovelace 2024"
key = "lovelace2024"
rows = "rows.csv"
things = "tools"
best = "yes"

[[level]]
id = "yes"
meaning = "It has them"

[[level]]
id = "no"

[[component]]
id = "tests"
title = "Test suite"
aliases = ["checks"]

[[component]]
id = "docs"

[[field]]
id = "maker"
"""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tool,tests\nAlpha\n", "line 2, column tests"),
        ("tool,tests\nAlpha,yes,no\n", "line 2"),
        ("tool,tests\nAlpha,yes\n,no\n", "line 3, column tool"),
        ("tool,tests\nAlpha,yes\nBeta,no\nalpha,no\n", "line 4, column tool"),
        ("tool,tests,tests\nAlpha,yes,no\n", "line 1, column tests"),
        ("tool,,docs\nAlpha,yes,no\n", "line 1"),
        ("tool\nAlpha\n", "line 1"),
        ("", "line 1"),
        ("tool,tests\n", "line 2"),
        ('tool,tests\n"Alpha,yes\n', "line"),
    ],
)
def test_a_fault_is_named_by_line_and_column(write, text: str, place: str) -> None:
    with pytest.raises(ReadError) as error:
        read_file(write("tools.csv", text))
    assert f"tools.csv, {place}" in error.value.place
    assert error.value.remedy


def test_a_level_that_the_head_does_not_know(write) -> None:
    write("rows.csv", TOOLS.replace("field:", "").replace("Solo,yes", "Solo,perhaps"))
    with pytest.raises(ReadError) as error:
        read_file(write("tools.toml", HEAD))
    assert error.value.place == "rows.csv, line 4, column Test suite"
    assert "perhaps" in str(error.value) and "no, yes" in error.value.remedy


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("tools.toml", "title = ", "no TOML"),
        ("tools.toml", 'titel = "x"\nrows = "rows.csv"', "Unknown key"),
        ("tools.toml", 'rows = "rows.csv"\n[[level]]\nname = "x"', "has no id"),
        ("tools.docx", "", "CSV or a TOML"),
        ("tools.csv", b"tool,tests\nAlpha,yes\nB\xe9ta,no\n", "not UTF-8"),
        ("Tools!.csv", TOOLS, "no name"),
    ],
)
def test_what_is_no_taxonomy(write, name: str, content: str | bytes, cause: str) -> None:
    write("rows.csv", TOOLS)
    with pytest.raises(ReadError, match=cause):
        read_file(write(name, content))


def test_free_text_needs_a_field(write) -> None:
    rows = "".join(f"Tool {n},remark number {n}\n" for n in range(80))
    with pytest.raises(ReadError) as error:
        read_file(write("tools.csv", f"tool,remarks\n{rows}"))
    assert "field:" in error.value.remedy
    assert read_file(write("tools.csv", f"tool,field:remarks,ok\n{rows.replace(chr(10), ',yes' + chr(10))}"))


def test_semicolons_and_byte_order_marks_are_read(write) -> None:
    table, _, _ = read_file(write("tools.csv", b"\xef\xbb\xbf" + TOOLS.replace(",", ";").encode()))
    assert [thing.name for thing in table.things] == ["Alpha Tool", "Beta Tool", "Gamma Tool"]


@pytest.fixture
def opened(tmp_path: Path, embedder):
    with Workspace.open(tmp_path / "library", embedder=embedder) as workspace:
        yield workspace


def test_an_own_taxonomy_is_kept_asked_listed_and_removed(opened: Workspace, write, tmp_path: Path, embedder) -> None:
    write("rows.csv", TOOLS.replace("field:", ""))
    path = write("tools.toml", HEAD)
    assert opened.add_taxonomy(path).status == "added"
    assert opened.add_taxonomy(path).status == "updated"
    assert opened.own_taxonomies.names() == ["tools"]
    answer = opened.taxonomy("Which tools have a test suite with yes?", within="tools")
    assert (answer.kind, answer.value) == ("filter", ["Alpha Tool", "Gamma Tool"])
    assert answer.source == "Lovelace 2024, table, all rows, column Test suite"
    assert answer.cite == "[@lovelace2024, table]"
    assert opened.taxonomy("weights of OPT").value["raw"] == "D3(OPT Data)"
    with Workspace.open(tmp_path / "library", embedder=embedder) as again:
        assert again.taxonomy("docs of Beta Tool").value["raw"] == "yes"
    opened.remove_taxonomy("tools")
    assert not opened.taxonomy("docs of Beta Tool").found
    with pytest.raises(UsageError, match="no taxonomy of that name"):
        opened.remove_taxonomy("tools")
    with pytest.raises(UsageError, match="No taxonomy has that name"):
        opened.taxonomy("docs of Beta Tool", within="tools")


def test_a_name_that_comes_along_is_refused(opened: Workspace, write) -> None:
    with pytest.raises(UsageError, match="taken"):
        opened.add_taxonomy(write("claims.csv", TOOLS))
    assert OwnTaxonomies(opened.database).names() == []


@pytest.mark.parametrize(
    ("question", "kind", "value"),
    [
        ("tests of Alpha Tool", "cell", "yes"),
        ("Which tools have docs no?", "filter", ["Alpha Tool"]),
        ("Which tools have tests not yes?", "filter", ["Beta Tool"]),
        ("How many tools have tests yes?", "count", 2),
        (
            "What percentage of tools has tests yes?",
            "count",
            {"count": 2, "total": 3, "share": 0.6667, "percent": 66.67},
        ),
        ("tests yes and docs yes", "filter", ["Gamma Tool"]),
        ("Compare Alpha Tool and Beta Tool", "comparison", {"tests": ["yes", "no"], "docs": ["no", "yes"]}),
        ("Which tool has the most yes?", "ranking", [["Gamma Tool", 2], ["Alpha Tool", 1], ["Beta Tool", 1]]),
        ("How many tools are there?", "count", 3),
        ("Gama Tool docs", "cell", "yes"),
    ],
)
def test_an_own_taxonomy_answers_all_kinds(write, question: str, kind: str, value: object) -> None:
    table, _, _ = read_file(write("tools.csv", TOOLS.replace("tool,", "name,")))
    from dataclasses import replace

    named = replace(table, head=replace(table.head, thing="tool", things="tools"))
    answer = Shelf([named]).ask(question, within="tools")
    assert answer.kind == kind
    assert (answer.value["raw"] if kind == "cell" else answer.value) == value


def test_a_misspelt_thing_is_corrected_and_said(write) -> None:
    table, _, _ = read_file(write("tools.csv", TOOLS))
    assert Shelf([table]).ask("Gama Tool docs").corrections == ("Gama Tool → Gamma Tool",)

"""Exported tables open where they are meant to: in a browser, in LaTeX, in a spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from assistant.taxonomy import Taxonomy
from assistant.taxonomy.grid import FORMATS, Grid, Square, distribution_of, heat_map
from assistant.taxonomy.table_files import read_table

TAXONOMY = Taxonomy.load()
GRIDS = {
    "map": heat_map(TAXONOMY.table),
    "distribution": distribution_of(TAXONOMY.table),
    "index": heat_map(read_table("osai-index")),
}
HOSTILE = Grid(
    title="=1+1 & <b>",
    caption="100 % of $x_1$ {y} ~ ^ \\ | #",
    citation="O'Neil & Co. [@oneil2024]",
    corner="@SUM(A1)",
    columns=("+cmd", "-2", "a|b"),
    rows=(("=HYPERLINK(1)", (Square("\tx", "", "\tx"), Square("@y", "", "@y"), Square("<i>", "", "<i>&"))),),
)


def test_the_map_holds_every_cell() -> None:
    grid = GRIDS["map"]
    assert len(grid.rows) == 40 and len(grid.columns) == 12
    for name, squares in grid.rows:
        assert [square.full for square in squares] == [cell.raw for cell in TAXONOMY.table.row(name)]
        assert all(square.text and square.kind for square in squares)


def test_the_distribution_is_the_recount_of_the_table(request) -> None:
    grid = GRIDS["distribution"]
    counted = [[int(square.text) for square in squares] for _, squares in grid.rows]
    assert sum(map(sum, counted)) == 480 and all(sum(row) == 40 for row in counted)
    shared = request.getfixturevalue("shared") / "taxonomy" / "figure4_counts.csv"
    with shared.open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    keys = ("level1", "level2", "level3", "level4", "level5", "unknown", "not_applicable")
    assert counted == [[int(row[key]) for key in keys] for row in expected]


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_caption_and_citation(name: str, form: str) -> None:
    text = FORMATS[form](GRIDS[name])
    plain = text.replace("\\", "")
    assert GRIDS[name].title in plain
    assert ("eiras2024" in plain) or ("liesenfeld2024" in plain)


def test_no_formula_reaches_a_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](HOSTILE))))
    assert [value for row in rows for value in row if value.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert rows[1][0] == "'=HYPERLINK(1)"


def test_markup_of_others_is_inert() -> None:
    svg = ElementTree.fromstring(FORMATS["svg"](HOSTILE))
    assert not svg.findall(".//{http://www.w3.org/2000/svg}b")
    table = FORMATS["md"](HOSTILE).splitlines()[:3]
    assert r"a\|b" in table[0] and "&lt;i&gt;" in table[2]


def test_csv_reads_back_as_the_table() -> None:
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](GRIDS["map"]))))
    assert rows[0][0] == "Model" and len(rows[0]) == 13
    for name, *raws in rows[1:41]:
        assert raws == [cell.raw for cell in TAXONOMY.table.row(name)]


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found or pytest.skip("no Chromium is installed")


@pytest.mark.parametrize("name", [*GRIDS, "hostile"])
def test_a_browser_draws_the_svg(tmp_path, name: str) -> None:
    grid = {**GRIDS, "hostile": HOSTILE}[name]
    (tmp_path / "map.svg").write_text(FORMATS["svg"](grid), "utf-8")
    picture = tmp_path / "map.png"
    command = [_chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    done = subprocess.run(
        [*command, f"--screenshot={picture}", "--window-size=900,1100", (tmp_path / "map.svg").as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert picture.exists() and picture.stat().st_size > 3000, done.stderr[-500:]
    dumped = subprocess.run(
        [*command, "--dump-dom", (tmp_path / "map.svg").as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "parsererror" not in dumped.stdout and "<svg" in dumped.stdout


@pytest.mark.parametrize("name", ["map", "distribution", "hostile"])
def test_pdflatex_sets_the_table(tmp_path, name: str) -> None:
    program = shutil.which("pdflatex") or pytest.skip("no pdflatex is installed")
    grid = replace(HOSTILE, citation="O'Neil") if name == "hostile" else GRIDS[name]
    (tmp_path / "table.tex").write_text(FORMATS["tex"](grid), "utf-8")
    (tmp_path / "essay.tex").write_text(
        "\\documentclass{article}\\usepackage{booktabs}\\usepackage{graphicx}\n"
        "\\begin{document}\\input{table}\\end{document}\n",
        "utf-8",
    )
    done = subprocess.run(
        [program, "-interaction=nonstopmode", "-halt-on-error", "essay.tex"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-800:]
    assert (tmp_path / "essay.pdf").exists()


def test_a_spreadsheet_reads_the_csv(tmp_path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice") or pytest.skip("no LibreOffice is installed")
    (tmp_path / "map.csv").write_text(FORMATS["csv"](GRIDS["map"]), "utf-8", newline="")
    subprocess.run(
        [program, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "map.csv")],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    assert (tmp_path / "map.ods").stat().st_size > 2000

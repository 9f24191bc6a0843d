"""The core knows no screen, and loads no heavy library before it is needed."""

from __future__ import annotations

import ast
import json
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

HEAVY = (
    *("textual", "typer", "torch", "sentence_transformers", "transformers", "onnxruntime", "faiss"),
    *("trafilatura", "pypdf"),
)
FRONTS = ("assistant.tui", "assistant.cli")

REPORT = """
import importlib, json, sys
for name in sys.argv[2:]:
    importlib.import_module(name)
print(json.dumps(sorted(set(sys.argv[1].split(",")) & sys.modules.keys())))
"""


def modules(package: str) -> list[str]:
    """Every module of ``package`` outside the fronts."""
    found = [package]
    for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}.", onerror=lambda _: None):
        if not module.name.startswith(FRONTS) and not module.name.endswith("__main__"):
            found.append(module.name)
    return found


def loaded_by(names: list[str], watched: tuple[str, ...]) -> list[str]:
    """Which of ``watched`` stand in ``sys.modules`` of a fresh process that imported ``names``."""
    done = subprocess.run(
        [sys.executable, "-c", REPORT, ",".join(watched), *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.mark.parametrize("package", ["corpus", "index", "assistant"])
def test_importing_the_core_loads_nothing_heavy(package: str) -> None:
    names = modules(package)
    assert len(names) > 5
    assert loaded_by(names, HEAVY) == []


def test_the_public_surface_loads_nothing_heavy() -> None:
    assert loaded_by(["loccit"], HEAVY) == []


@pytest.mark.parametrize(("package", "above"), [("corpus", ("index", "assistant")), ("index", ("assistant",))])
def test_no_room_knows_the_one_above_it(package: str, above: tuple[str, ...]) -> None:
    assert loaded_by(modules(package), above) == []


@pytest.mark.parametrize("package", ["corpus", "index", "assistant"])
def test_every_public_name_is_there(package: str) -> None:
    for name in modules(package):
        module = import_module(name)
        for public in getattr(module, "__all__", ()):
            assert hasattr(module, public), f"{name}.{public}"


def test_one_module_alone_imports_onnxruntime() -> None:
    """It turns the telemetry off first, which a second import would come before."""
    importing = []
    for folder in ("corpus", "index", "assistant", "benchmarks", "training", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            if "onnxruntime" in imported(ast.parse(path.read_text("utf-8"))):
                importing.append(path.relative_to(ROOT).as_posix())
    assert importing == ["index/embedding/query_encoder.py"]


def imported(tree: ast.AST) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found

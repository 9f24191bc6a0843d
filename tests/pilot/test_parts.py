"""The parts of the terminal UI import each other in one direction, and nothing private of Textual."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import assistant.tui

FOLDER = Path(assistant.tui.__file__).parent


def imports():
    """Each module with all that it imports, also within functions and for types alone."""
    found = {}
    for path in sorted(FOLDER.rglob("*.py")):
        name = ".".join(("assistant.tui", *path.relative_to(FOLDER).with_suffix("").parts)).removesuffix(".__init__")
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        found[name] = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        for node in nodes:
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0 and node.module
                found[name] |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_part_imports_in_a_circle_not_even_for_types():
    found = imports()
    packages = {"assistant.tui", "assistant.tui.widgets"}
    within = {name: {other for other in others if other in found.keys() - packages} for name, others in found.items()}
    assert len(list(TopologicalSorter(within).static_order())) == len(found) > 20


def test_the_service_knows_no_widget():
    assert not {name for name in imports()["assistant.tui.service"] if name.startswith("textual")}


def test_nothing_private_of_textual_is_imported():
    for name, others in imports().items():
        private = {other for other in others if other.startswith("textual") and "._" in other}
        assert not private, name

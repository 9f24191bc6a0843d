import ast
import subprocess
import sys
from pathlib import Path

import loccit


def test_the_facade_lists_exactly_what_it_imports_in_order():
    tree = ast.parse(Path(loccit.__file__).read_text("utf-8"))
    imported = [alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert loccit.__all__ == sorted(imported)


def test_importing_the_facade_loads_nothing_heavy():
    heavy = "textual typer torch sentence_transformers faiss trafilatura pypdf"
    code = f"import sys, loccit; print([name for name in '{heavy}'.split() if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"

from assistant.cli.question_commands import nothing_found
from assistant.workspace import Workspace
from index.filters import Filters


def test_why_nothing_was_found_is_said(tmp_path, write, embedder) -> None:
    with Workspace.open(tmp_path / "library", embedder=embedder) as workspace:
        assert "loccit add PATH" in nothing_found(workspace, Filters())
        workspace.add([write("plums.md", "---\nauthor: Ada Byron\n---\n\n# Plums\n\nPlums are ripe.\n")])
        assert "loccit list" in nothing_found(workspace, Filters(authors=("Nobody",)))
        assert nothing_found(workspace, Filters(authors=("Byron",))) == "Nothing was found."
        assert nothing_found(workspace, Filters()) == "Nothing was found."

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("remote", "first"), [(False, "True"), (True, "False")])
def test_questions_load_torch_at_most_where_passages_are_embedded(tmp_path, remote, first) -> None:
    """A command embeds its documents in its own process, a screen in a child; questions need torch in neither."""
    code = (
        "import sys; from pathlib import Path; from assistant.workspace import Workspace\n"
        f"with Workspace.open(Path(sys.argv[1]), remote={remote}) as workspace:\n"
        "    workspace.add([sys.argv[2]]) if len(sys.argv) > 2 else None\n"
        "    assert not workspace.ask('Who gains from the release of weights?').abstained\n"
        "print('torch' in sys.modules)"
    )
    paper = tmp_path / "paper.md"
    paper.write_text("# Release\n\nSmall laboratories gain most from the release of weights, because they can study.\n")

    def run(*arguments: str) -> str:
        command = [sys.executable, "-c", code, str(tmp_path / "library"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    assert run(str(paper)) == first
    assert run() == "False"

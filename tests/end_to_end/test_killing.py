"""A process killed at any moment loses nothing; `python -m benchmarks.kill` does this thirty times over."""

from pathlib import Path

from benchmarks.kill import Killing


def test_a_killed_add_or_rebuild_loses_nothing_and_never_answers_wrongly(tmp_path: Path, embedder) -> None:
    killing = Killing(tmp_path, 6, embedder)
    assert "sound" in killing.kill_add("library", stored=2, delay=0.01)
    for delay in (0.03, 0.09, 0.17):
        assert "sound" in killing.kill_rebuild("rebuild", delay)

"""Progress on standard error: one line on a terminal, few in a log."""

import io
import sys

import pytest

from assistant.cli.output import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_terminal_shows_one_line_that_is_rewritten_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    progress = ProgressLine()
    progress.show("reading 1 of 2")
    progress.show("reading 2 of 2: \x1b[31m" + "x" * 300)
    progress.clear()
    lines = sys.stderr.getvalue().split("\r\x1b[2K")
    assert lines[1] == "reading 1 of 2"
    assert lines[2].startswith("reading 2 of 2: [31mxxx") and len(lines[2]) < 200
    assert lines[3] == "" and "\n" not in sys.stderr.getvalue()


def test_a_log_gets_a_plain_line_every_ten_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    progress = ProgressLine(clock)
    for second in range(31):
        clock.now = float(second)
        progress.show(f"reading {second} of 30")
    progress.clear()
    written = capsys.readouterr()
    assert written.err == "reading 10 of 30\nreading 20 of 30\nreading 30 of 30\n"
    assert written.out == ""

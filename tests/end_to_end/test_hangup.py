"""A terminal that goes away, without the signal that usually tells of it, takes the terminal UI with it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("loccit")


def test_the_terminal_ui_ends_with_its_terminal(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOCCIT_")}
    environment |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "TERM": "xterm-256color"}
    master, slave = pty.openpty()
    # In a session of its own the process has no controlling terminal, so nobody sends it SIGHUP.
    process = subprocess.Popen(
        [COMMAND, "--library", str(tmp_path / "library")],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    seen = b""
    while b"Conversation" not in seen:
        seen += os.read(master, 65536)
    os.close(master)
    try:
        process.wait(timeout=30)
    finally:
        process.kill()
    assert process.returncode is not None

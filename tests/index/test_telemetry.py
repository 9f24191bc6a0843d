"""onnxruntime reports to nobody: it writes no device identifier, queues no events and opens no socket.

The files show it at once. The network is asked for some nine seconds after the import, which only a tracer of system
calls can see, so that test needs strace.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EMBED = """
import sys, time
from index.embedding.embedding_model import choose_model
from index.embedding.query_encoder import QueryEncoder

encoder = QueryEncoder(choose_model())
assert encoder.encode(["What is marginal risk?"]).shape == (1, 384)
time.sleep(float(sys.argv[1]))
"""


def embed(home: Path, *before: str, seconds: float = 0) -> None:
    """Embed a question in a process whose home is ``home``, and stay for that long."""
    home.mkdir()
    unset = ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [*before, sys.executable, "-c", EMBED, str(seconds)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)


def test_a_question_leaves_no_file_behind(tmp_path: Path) -> None:
    embed(tmp_path / "home")
    assert list((tmp_path / "home").rglob("*")) == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_an_open_session_asks_nobody(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    tracing = ("strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(trace))
    if subprocess.run([*tracing, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace is not permitted here")
    embed(tmp_path / "home", *tracing, seconds=15)
    assert not re.findall(r"AF_INET.*", trace.read_text())

"""The installed command in processes of its own: start-up, streams, exit codes, the default library."""

import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("loccit")


def run(*arguments, home: Path | None = None, **options) -> subprocess.CompletedProcess[str]:
    kept = {"LOCCIT_CACHE": os.environ["LOCCIT_CACHE"]}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOCCIT_")} | kept
    if home is not None:
        environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    return subprocess.run(
        [COMMAND, *arguments], capture_output=True, text=True, env=environment, timeout=120, check=False, **options
    )


def processor_seconds() -> float:
    """What ended child processes have computed: on an idle machine as long as one of them took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_is_there_at_once():
    run("--help")  # the first start reads the files from the disk
    fastest = float("inf")
    for _ in range(5):
        before = processor_seconds()
        assert run("--help").returncode == 0
        fastest = min(fastest, processor_seconds() - before)
    assert fastest < 0.3


def test_an_unknown_option_is_a_usage_error():
    result = run("ask", "--colour", "red")
    assert result.returncode == 2
    assert result.stdout == ""


def test_the_screen_needs_a_terminal(tmp_path):
    result = run("--library", str(tmp_path / "library"), stdin=subprocess.DEVNULL)
    assert result.returncode == 2
    assert "loccit ask" in result.stderr


def test_the_default_library_starts_with_the_briefs_and_drops_them_for_good(tmp_path):
    first = run("list", "--json", home=tmp_path)
    assert first.returncode == 0, first.stderr
    documents = json.loads(first.stdout)["documents"]
    assert len(documents) == 4 and all(document["starter"] for document in documents)
    assert "starter library" in first.stderr
    removed = run("remove", "--starter", "--json", home=tmp_path)
    assert len(json.loads(removed.stdout)["removed"]) == 4
    assert json.loads(run("list", "--json", home=tmp_path).stdout)["documents"] == []


@pytest.fixture(scope="module")
def bilbies(tmp_path_factory):
    """A folder with a library of one document, and the outcome of adding it from there."""
    folder = tmp_path_factory.mktemp("bilbies")
    (folder / "index.py").write_text("raise SystemExit('imported from the current folder')")
    (folder / "corpus.py").write_text("raise SystemExit('imported from the current folder')")
    (folder / "bilby.md").write_text("# Bilbies\n\nThe bilby closes the entrance of its burrow by day.\n")
    return folder, run("--library", str(folder / "library"), "add", "bilby.md", "--json", cwd=folder)


@pytest.fixture
def bilby_library(bilbies, tmp_path):
    """A copy of that library, to be changed."""
    return shutil.copytree(bilbies[0] / "library", tmp_path / "library")


def test_an_answer_from_another_folder_that_holds_files_named_like_our_modules(bilbies):
    folder, added = bilbies
    assert added.returncode == 0, added.stderr
    assert [item["status"] for item in json.loads(added.stdout)["items"]] == ["added"]
    question = "When does the bilby close its burrow?"
    asked = run("--library", str(folder / "library"), "ask", question, "--json", cwd=folder)
    assert json.loads(asked.stdout)["answer"][0]["text"].startswith("The bilby closes")
    assert asked.stderr == ""


def test_a_library_that_cannot_be_made_ends_with_its_exit_code(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    result = run("--library", str(tmp_path / "file" / "library"), "list")
    assert result.returncode == 3
    assert "--library" in result.stderr


def test_the_five_first_documents_are_added_and_then_unchanged(tmp_path, shared):
    library = str(tmp_path / "library")
    first = json.loads(run("--library", library, "add", str(shared / "library"), "--json").stdout)
    assert [item["status"] for item in first["items"]] == ["added"] * 5
    again = json.loads(run("--library", library, "add", str(shared / "library"), "--json").stdout)
    assert [item["status"] for item in again["items"]] == ["unchanged"] * 5
    assert again["embedded"] == 0


def test_a_file_without_permission_is_named_and_the_rest_is_added(tmp_path):
    # The superuser reads every file, unless the capability to do so is dropped.
    ordinary = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if ordinary and shutil.which("setpriv") is None:
        pytest.skip("run by the superuser, and setpriv is not there to drop that privilege")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "closed.md").write_text("# Closed\n\nNobody may read this sentence here.\n")
    (papers / "open.md").write_text("# Open\n\nEverybody may read this other sentence.\n")
    (papers / "closed.md").chmod(0)
    command = [*ordinary, COMMAND, "--library", tmp_path / "library", "add", papers, "--json"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 1, result.stderr
    items = {Path(item["path"]).name: item for item in json.loads(result.stdout)["items"]}
    assert items["closed.md"]["status"] == "failed" and "may not be read" in items["closed.md"]["reason"]
    assert items["open.md"]["status"] == "added"


def test_ctrl_c_while_adding_reports_what_was_finished(tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(400):
        (papers / f"{number}.md").write_text(f"# Paper {number}\n\nThis is sentence number {number} of a long set.\n")
    command = [COMMAND, "--library", tmp_path / "library", "add", papers, "--json"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    database = tmp_path / "library" / "library.db"
    while not database.exists() and running.poll() is None:
        select.select([], [], [], 0.05)
    running.send_signal(signal.SIGINT)
    out, talk = running.communicate(timeout=120)
    assert running.returncode == 1, talk
    assert json.loads(out)["cancelled"] is True


def test_a_damaged_library_is_told_and_not_shown_as_a_traceback(bilby_library):
    library = bilby_library
    data = bytearray((library / "library.db").read_bytes())
    data[4096:] = bytes(255 - byte for byte in data[4096:])
    (library / "library.db").write_bytes(data)
    result = run("--library", str(library), "list")
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert str(library / "library.db") in result.stderr


def test_a_read_only_library_is_asked_and_not_changed(tmp_path, bilby_library, bound):
    (tmp_path / "quokkas.md").write_text("# Quokkas\n\nThe quokka hops at dusk, because nights are cool.\n", "utf-8")
    library = bilby_library
    for place in (*library.iterdir(), library):
        place.chmod(0o500 if place.is_dir() else 0o400)
    before = {path.name: path.stat().st_mtime_ns for path in library.iterdir()}

    for question in (
        ("ask", "When does the bilby close its burrow?"),
        ("search", "bilby"),
        ("list",),
        ("doctor",),
        ("tag",),
    ):
        result = run("--library", library, *question, "--json", preexec_fn=bound)
        assert result.returncode == 0, result.stderr
        assert json.loads(result.stdout)
        assert "read-only" in result.stderr
    identity = json.loads(run("--library", library, "list", "--json", preexec_fn=bound).stdout)["documents"][0]["key"]
    for change in (
        ("add", tmp_path / "quokkas.md"),
        ("edit", identity, "year=2020"),
        ("tag", identity, "--add", "reading"),
        ("remove", identity),
        ("note", identity, "burrow by day", "Why?"),
    ):
        result = run("--library", library, *change, preexec_fn=bound)
        assert result.returncode == 3
        (message,) = result.stderr.splitlines()
        assert "is read-only" in message and "loccit --library DIR" in message
    assert {path.name: path.stat().st_mtime_ns for path in library.iterdir()} == before
    library.chmod(0o700)


def test_the_screen_is_not_drawn_into_a_redirected_standard_error(tmp_path):
    terminal, far_end = os.openpty()
    with (tmp_path / "errors.txt").open("w") as errors:
        result = subprocess.run(
            [COMMAND, "--library", tmp_path / "library"],
            stdin=far_end,
            stdout=far_end,
            stderr=errors,
            timeout=60,
            check=False,
        )
    os.close(far_end)
    os.close(terminal)
    assert result.returncode == 2
    (line,) = (tmp_path / "errors.txt").read_text().splitlines()
    assert "standard error" in line
    assert not (tmp_path / "library").exists()

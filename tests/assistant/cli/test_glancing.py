import json

import pytest
from typer.testing import CliRunner

from assistant.cli.application import app

TEXT = """# Recall [/x]

## Abstract

In this paper, we study the recall of models. Our results show that open weights {} recalled by their developers.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A library with two documents that contradict each other."""
    folder = tmp_path_factory.mktemp("glanced")
    (folder / "can.md").write_text(TEXT.format("can easily be"), "utf-8")
    (folder / "cannot.md").write_text(TEXT.format("can never be"), "utf-8")
    done = CliRunner().invoke(app, ["--library", str(folder / "library"), "add", str(folder)])
    assert done.exit_code == 0
    return folder / "library"


def run(folder, *arguments):
    return CliRunner().invoke(app, ["--library", str(folder), *arguments])


def test_one_document_by_its_parts_and_two_with_where_they_meet(folder):
    listed = json.loads(run(folder, "list", "--json").stdout)["documents"]
    ids = [document["document_id"] for document in listed]
    done = run(folder, "glance", ids[0])
    assert done.exit_code == 0
    assert "Aim\n  “In this paper, we study the recall of models.”" in done.stdout
    assert "They disagree" not in done.stdout
    both = run(folder, "glance", *ids)
    assert "They disagree" in both.stdout and "(“never”)" in both.stdout
    data = json.loads(run(folder, "glance", *ids, "--json").stdout)
    assert [document["form"] for document in data["documents"]] == ["paper", "paper"]
    texts = {i: json.loads(run(folder, "show", i, "--json").stdout)["text"] for i in ids}
    for meeting in data["meetings"]:
        for sentence in meeting["sentences"]:
            place = sentence["locator"]
            assert texts[sentence["document_id"]][place["start"] : place["end"]] == sentence["quote"]


def test_an_unknown_document_ends_with_3(folder):
    done = run(folder, "glance", "nothing")
    assert done.exit_code != 0

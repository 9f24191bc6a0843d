import json
import shutil
from pathlib import Path

import pytest

from corpus.errors import ModelError
from index.bundled_model import BUNDLED_NAME
from index.model_choice import ModelChoice, choose_model


@pytest.fixture
def folder(tmp_path: Path, other_embedder) -> Path:
    """A model of the user's own."""
    return Path(shutil.copytree(other_embedder.model.folder, tmp_path / "mine"))


def chosen(folder: Path) -> ModelChoice:
    return choose_model(str(folder))


@pytest.mark.parametrize("configured", [None, "", BUNDLED_NAME])
def test_without_a_choice_it_is_the_bundled_model(configured: str | None) -> None:
    model = choose_model(configured)
    assert (model.name, model.bundled, model.max_tokens) == (BUNDLED_NAME, True, 256)


def test_the_environment_goes_before_the_configuration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCCIT_MODEL", str(folder))
    model = choose_model("some-other-model")
    assert (model.name, model.folder, model.bundled) == ("mine", folder.resolve(), False)


@pytest.mark.parametrize(
    "name", ["nonsense", "no/such-model", "/no/such/folder", "a b c", "..", "~nobody/model", "x" * 500, "über/ß\n"]
)
def test_a_model_that_is_not_there_is_named_and_not_fetched(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCCIT_MODEL", name)
    with pytest.raises(ModelError, match="LOCCIT_MODEL"):
        choose_model()


def test_a_folder_without_weights_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="No model stands"):
        chosen(tmp_path)


def test_a_folder_with_a_model_somewhere_below_is_no_model(folder: Path) -> None:
    with pytest.raises(ModelError, match="No model stands"):
        chosen(folder.parent)


@pytest.mark.parametrize(
    "name", ["tokenizer.json", "1_Pooling/config.json", "model.safetensors", "sentence_bert_config.json"]
)
def test_every_byte_that_decides_a_vector_decides_the_fingerprint(folder: Path, name: str) -> None:
    before = chosen(folder).fingerprint
    data = bytearray((folder / name).read_bytes())
    data[-1] ^= 1
    (folder / name).write_bytes(data)
    assert chosen(folder).fingerprint != before


def test_what_decides_nothing_leaves_the_fingerprint(folder: Path) -> None:
    before = chosen(folder).fingerprint
    (folder / "README.md").write_text("About this model")
    assert chosen(folder).fingerprint == before


def test_the_place_of_a_model_leaves_its_fingerprint(folder: Path, tmp_path: Path) -> None:
    before = chosen(folder).fingerprint
    folder.rename(tmp_path / "elsewhere")
    assert chosen(tmp_path / "elsewhere").fingerprint == before


def test_two_models_have_two_fingerprints(embedder, other_embedder) -> None:
    assert embedder.model.fingerprint != other_embedder.model.fingerprint


@pytest.mark.parametrize(
    ("content", "expected"),
    [('{"max_seq_length": 64}', 64), ("{}", 256), ("no json", 256), ("[]", 256), ('{"max_seq_length": null}', 256)],
)
def test_the_length_that_a_model_reads_is_its_own_or_a_usual_one(folder: Path, content: str, expected: int) -> None:
    (folder / "sentence_bert_config.json").write_text(content)
    assert chosen(folder).max_tokens == expected


def test_the_bundled_fingerprint_is_that_of_the_files_themselves(embedder) -> None:
    """So a copy of the bundled model by another path gives vectors that may stand in the same index."""
    assert ModelChoice("copy", embedder.model.folder, bundled=False).fingerprint == embedder.model.fingerprint


def test_only_the_bundled_model_is_compared_with_recorded_digests(folder: Path) -> None:
    (folder / "more.json").write_text(json.dumps({}))
    chosen(folder).verify()

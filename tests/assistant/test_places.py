from pathlib import Path

import pytest

from assistant.places import embedding_model, pdf_settings
from corpus.errors import LibraryError
from corpus.pdf.options import PdfOptions


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCCIT_PDF", raising=False)


def test_a_library_without_settings_has_the_defaults(tmp_path: Path) -> None:
    assert embedding_model(tmp_path) is None
    assert pdf_settings(tmp_path) == PdfOptions()


def test_settings_are_read(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    (tmp_path / "config.toml").write_text(
        '[embedding]\nmodel = "/m"\n[pdf]\nengine = "pdfium"\nlanguages = "eng+deu"\n'
    )
    assert embedding_model(tmp_path) == "/m"
    assert pdf_settings(tmp_path) == PdfOptions(engine="pdfium", languages="eng+deu")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[pfd]\n", r"\[embedding\] and \[pdf\]"),
        ('[pdf]\nreader = "x"\n', 'engine = "pdfium"'),
        ("[pdf\n", "Correct it"),
    ],
)
def test_a_mistake_names_what_is_known(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(LibraryError, match=part):
        pdf_settings(tmp_path)

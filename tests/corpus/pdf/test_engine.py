"""The engine is chosen by the environment, else by the configuration."""

import pytest

from corpus.errors import UsageError
from corpus.pdf import engine as options
from corpus.pdf.engine import choose_engine


def test_without_a_choice_it_is_pypdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCCIT_PDF", raising=False)
    assert choose_engine() == "pypdf"


def test_the_environment_goes_before_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCCIT_PDF", "pypdf")
    assert choose_engine("pdfium") == "pypdf"


def test_an_unknown_engine_is_named_beside_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"mupdf.*pypdf and pdfium"):
        choose_engine("mupdf")


def test_an_engine_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCCIT_PDF", raising=False)
    monkeypatch.setattr(options, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"loccit\[fast-pdf\]"):
        choose_engine("pdfium")

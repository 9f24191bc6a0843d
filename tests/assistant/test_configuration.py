import pytest

from assistant.configuration import read_configuration
from corpus.errors import LibraryError

LLM = '[llm]\nbase_url = "http://127.0.0.1:8080/v1"\nmodel = "m"\n'


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """Reads the given texts as the person's and the library's own configuration."""
    monkeypatch.setenv("LOCCIT_CONFIG", str(tmp_path / "own.toml"))
    (tmp_path / "library").mkdir()

    def read(own=None, library=None):
        for text, path in ((own, tmp_path / "own.toml"), (library, tmp_path / "library" / "config.toml")):
            if text is not None:
                path.write_text(text, "utf-8")
        return read_configuration(tmp_path / "library")

    return read


def test_nothing_is_configured_by_default(configured):
    found = configured()
    assert (found.embedding_model, found.language_model) == (None, None)


def test_a_section_of_the_library_replaces_the_persons(configured):
    found = configured(f'{LLM}timeout = 5\n[embedding]\nmodel = "a"', '[embedding]\nmodel = "b"')
    assert found.embedding_model == "b"
    assert found.language_model.timeout == 5
    assert found.ignored is None


def test_a_library_names_no_server_and_no_key(configured):
    theirs = '[llm]\nbase_url = "https://evil.example/v1"\nmodel = "n"\napi_key_env = "AWS_SECRET_ACCESS_KEY"\n'
    found = configured(library=f'{theirs}[embedding]\nmodel = "b"\n')
    assert (found.language_model, found.embedding_model) == (None, "b")
    for told in ("[llm] in the library's file is ignored", "library/config.toml", "own.toml"):
        assert told in str(found.ignored)
    found = configured(LLM, theirs)
    assert (found.language_model.host, found.language_model.api_key_env) == ("127.0.0.1:8080", "")
    assert found.language_model.model == "m" and found.ignored is not None


def test_a_broken_server_of_a_library_is_ignored_like_any_other(configured):
    assert configured(LLM, '[llm]\nmodel = "m"\n').language_model.model == "m"


def test_the_file_in_the_library_is_ones_own_where_one_says_so(configured, tmp_path, monkeypatch):
    monkeypatch.setenv("LOCCIT_CONFIG", str(tmp_path / "library" / "config.toml"))
    found = configured(library=LLM)
    assert found.language_model.model == "m" and found.ignored is None


def test_pdf_and_ranking_have_sections_of_their_own(configured):
    found = configured(library='[pdf]\nengine = "pdfium"\nlanguages = "eng+deu"\n[ranking]\nreranker = "/m"\n')
    assert (found.pdf_engine, found.pdf_languages, found.reranker) == ("pdfium", "eng+deu", "/m")


@pytest.mark.parametrize(
    ("text", "told"),
    (
        ("[lm]\n", r"Unknown section \[lm\]"),
        (f"{LLM}tiemout = 5", "Did you mean timeout"),
        ('[pdf]\nreader = "x"\n', 'engine = "pdfium"'),
        (f'{LLM}timeout = "long"', "llm.timeout"),
        (f"{LLM}timeout = -1", "llm.timeout"),
        ('[llm]\nmodel = "m"', "llm.base_url is missing"),
        ('[llm]\nbase_url = "ftp://x"\nmodel = "m"', "llm.base_url"),
        ('[llm]\nbase_url = "http://example.org/v1"\nmodel = "m"\napi_key_env = "K"', "unencrypted"),
        ("[llm\n", "cannot be read"),
    ),
)
def test_what_is_wrong_is_named_with_its_file(configured, text, told):
    with pytest.raises(LibraryError, match=told) as raised:
        configured(own=text)
    assert "own.toml" in str(raised.value)


def test_what_is_wrong_in_the_library_is_named_with_its_file(configured):
    with pytest.raises(LibraryError, match=r"Unknown section \[lm\].*config\.toml"):
        configured(library="[lm]\n")

import pytest

from assistant.places import embedding_model, reranker_model
from assistant.workspace import Workspace
from corpus.errors import LibraryError, ModelError


def test_both_models_are_named_by_the_configuration(tmp_path) -> None:
    assert embedding_model(tmp_path) is reranker_model(tmp_path) is None
    (tmp_path / "config.toml").write_text('[embedding]\nmodel = "a"\n[ranking]\nreranker = "b"\n')
    assert (embedding_model(tmp_path), reranker_model(tmp_path)) == ("a", "b")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[rank]\nreranker = 'a'", "[rank]"),
        ("[ranking]\nmodel = 'a'", "ranking.model"),
        ("[ranking]\nreranker = 3", "ranking.reranker"),
        ("[ranking", "cannot be read"),
    ],
)
def test_settings_that_are_not_known_are_named(tmp_path, text: str, named: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(LibraryError) as caught:
        reranker_model(tmp_path)
    assert named in str(caught.value)
    assert caught.value.remedy


def test_a_configured_reranker_is_used_by_search(tmp_path, embedder) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "config.toml").write_text(f'[ranking]\nreranker = "{tmp_path / "nowhere"}"\n')
    (tmp_path / "a.md").write_text("Plums are ripe.\n")
    with Workspace.open(library, embedder=embedder) as workspace:
        workspace.add([tmp_path / "a.md"])
        with pytest.raises(ModelError, match="nowhere"):
            workspace.search("plums")

"""Two versions of one work are never cited for one statement."""

import pytest

from assistant.workspace import Workspace
from index.filters import Filters

BOTH = "The longest jump of a quokka was 87 centimetres."
PREPRINT_ONLY = "The quokka rests under a banksia bush at noon."
HEAD = "---\ntitle: The Jumps of Quokkas on Rottnest Island\nauthor: Ann Lee\n{}\n---\n\n## Results\n\n"
PREPRINT = HEAD.format("year: 2019\narxiv: 1901.00001") + (
    f"{BOTH} {PREPRINT_ONLY} We have measured every jump of a quokka with a wooden ruler.\n"
)
PRINTED = HEAD.format("year: 2020\ndoi: 10.1000/jm.7") + (
    f"We measured every jump of a quokka with a wooden ruler. {BOTH} Nobody was hurt.\n"
)


@pytest.fixture(scope="module")
def workspace(library_of):
    return library_of(preprint=PREPRINT, printed=PRINTED)


def cited(workspace: Workspace, question: str, **options) -> dict[str, list[str]]:
    """For each sentence of the answer the names of the files that it is cited from."""
    answer = workspace.ask(question, **options)
    found: dict[str, list[str]] = {}
    for source in answer.sources:
        text = workspace.document(source.document_id).document.text
        assert source.quote == text[source.locator.start : source.locator.end]
        assert source.passage.start <= source.locator.start < source.locator.end <= source.passage.end
        found.setdefault(source.quote, []).append(source.path.rsplit("/", 1)[-1])
    return found


def test_what_both_say_is_cited_from_the_published_version(workspace) -> None:
    assert cited(workspace, "How long was the longest jump of a quokka?")[BOTH] == ["printed.md"]


def test_what_only_the_preprint_says_is_cited_from_there(workspace) -> None:
    assert cited(workspace, "Where does the quokka rest at noon?")[PREPRINT_ONLY] == ["preprint.md"]


def test_the_same_in_nearly_the_same_words_is_given_once_as_published(workspace) -> None:
    found = cited(workspace, "With what was every jump of a quokka measured?")
    measured = {quote: files for quote, files in found.items() if "wooden ruler" in quote}
    assert measured == {"We measured every jump of a quokka with a wooden ruler.": ["printed.md"]}


def test_a_question_to_one_version_is_answered_from_it(workspace) -> None:
    (preprint,) = [d.document_id for d in workspace.documents() if d.path.endswith("preprint.md")]
    found = cited(workspace, "How long was the longest jump of a quokka?", filters=Filters(documents=(preprint,)))
    assert found[BOTH] == ["preprint.md"]

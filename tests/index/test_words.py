import pytest

from index.analyzer import stem, stems
from index.words import TermWeights

SAMPLE = (
    "openness open opened opens licences licensing licence models modelling generation generated generative "
    "evaluate evaluation evaluations risk risks risky marginal societies societal society policies policy data "
    "database training trained transparency transparent accessible access accessibility naïve café Müller "
    "universities being dying flies agreed hopping hoping falling relational conditional rationally "
    "vietnamization predication operator feudalism decisiveness hopefulness callousness formality sensitivity "
    "sensibility triplicate formative formalize electrical hopeful goodness revival allowance inference "
    "airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologou "
    "communism activate angularity homologous effective bowdlerize probate rate cease controll roll skies "
    "generously generous 2005 gpt3 bert's don't ponies ties caress cats feed plastered bled motoring sing"
)


def test_stems_are_those_of_the_full_text_index(library, write) -> None:
    library.add(write("words.txt", SAMPLE))
    vocabulary = {row[0] for row in library.database.reader().execute("SELECT term FROM terms")}
    assert stems(SAMPLE) == vocabulary


@pytest.mark.parametrize(("word", "other"), [("licences", "licence"), ("naïve", "naive"), ("models", "modelling")])
def test_forms_of_a_word_share_a_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


@pytest.fixture(scope="module")
def stocked(stock):
    return stock(
        {
            "a.txt": "Models have weights. Models have licences.",
            "b.txt": "Models have owners.",
            "c.txt": "Models have gradients of release.",
        }
    )


def test_a_rare_word_weighs_more_than_a_common_one(stocked) -> None:
    weights = TermWeights("models gradients", stocked.lexical)
    assert weights.coverage(stems("gradient")) > 0.5 > weights.coverage(stems("model"))


def test_coverage_runs_from_none_to_all(stocked) -> None:
    weights = TermWeights("What licences do models have?", stocked.lexical)
    assert weights.coverage([]) == 0
    assert weights.coverage(stems("their licence, any model")) == pytest.approx(1)


def test_words_of_no_document_are_named_as_typed(stocked) -> None:
    weights = TermWeights("Do Xylophones have licences?", stocked.lexical)
    assert weights.missing == ["Xylophones"]
    assert 0 < weights.known < 1


def test_a_question_of_unknown_words_is_not_known_at_all(stocked) -> None:
    assert TermWeights("Xylophones?", stocked.lexical).known == pytest.approx(0)


def test_an_empty_question_weighs_nothing(stocked) -> None:
    assert TermWeights("?!", stocked.lexical).coverage(stems("model")) == 0
    assert TermWeights("?!", stocked.lexical).known == 0

"""A query over common words reads only as many postings as it may.

Libraries written before term vectors were kept, or by an older analyzer, are brought up to date from their text.
"""

import sqlite3

import numpy as np
import pytest

from corpus.store import Database, DocumentStore
from corpus.store.schema import CORPUS_SCHEMA
from index import lexical as module
from index.analyzer import stem, stems
from index.dense import DenseIndex
from index.ingest import Ingest
from index.lexical import LexicalIndex, TermWeights
from index.query import Query, query_terms
from index.schema import INDEX_SCHEMA, index_terms, index_terms_anew

TEXTS = {
    "code.md": "The tool is written in C++ and we don't ship it. It runs fast.",
    "paper.md": "See arXiv:2005.14165 for the alpha-helix of 3.5 turns.",
    "cafe.md": "A naïve café served crème brûlée to the models.",
    "logic.md": "To be NOT seen AND not heard is a near miss OR a hit.",
}


@pytest.fixture(scope="module")
def stocked(stock):
    return stock(TEXTS)


def files(library, query: str, **options: object) -> list[str]:
    ids = [passage_id for passage_id, _ in library.lexical.search(query, 10, **options)]
    passages = library.store.passages(ids)
    return [library.store.get(passages[i].document_id).name for i in ids]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("C++", "code.md"),
        ("don't", "code.md"),
        ("don’t ship", "code.md"),
        ("runs", "code.md"),
        ("running", "code.md"),
        ("arXiv:2005.14165", "paper.md"),
        ("arXiv:2005", "paper.md"),
        ('"alpha-helix"', "paper.md"),
        ("alpha helix", "paper.md"),
        ("3.5", "paper.md"),
        ("CAFE", "cafe.md"),
        ("naive creme", "cafe.md"),
        ("model's", "cafe.md"),
        ("heard", "logic.md"),
        ("ship heard ship", "code.md"),
        ("heard ship heard", "logic.md"),
    ],
)
def test_words_find_their_passage_whatever_their_form(stocked, query: str, name: str) -> None:
    assert files(stocked, query)[0] == name


@pytest.mark.parametrize(
    "query",
    [
        "NOT",
        "AND",
        "NOT AND OR NEAR",
        "NEAR(a b, 3)",
        '"unbalanced',
        '"" ""',
        "'",
        "it's'",
        "title:C++",
        "heard*",
        "^heard",
        "{a b}: c",
        "a - b + c",
        "(((",
        ")",
        "\\",
        ";DROP TABLE passages",
        "%_",
        "\x00",
        "\ud835",
        "日本語",
        "🧠",
        "x" * 5000,
        "word " * 2000,
    ],
)
def test_no_query_is_read_as_syntax(stocked, query: str) -> None:
    files(stocked, query)
    for term in query_terms(query):
        stocked.lexical.document_frequency(term)
    assert stocked.lexical.size() == 4


@pytest.mark.parametrize("query", ["", " ", "?!", "🧠"])
def test_a_query_without_words_finds_nothing(stocked, query: str) -> None:
    assert stocked.lexical.search(query, 10) == []


def test_a_word_that_is_nowhere_finds_nothing(stocked) -> None:
    assert stocked.lexical.search("xylophone", 10) == []
    assert stocked.lexical.document_frequency("xylophone") == 0


def test_scores_fall_and_better_is_higher(stocked) -> None:
    scores = [score for _, score in stocked.lexical.search("models served café tool", 10)]
    assert len(scores) == 2
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_the_search_may_be_held_to_some_documents(stocked) -> None:
    code = stocked.store.identify(str(next(s.path for s in stocked.store.summaries() if s.name == "code.md")))
    only = np.array([passage.passage_id for passage in stocked.store.passages_of(code)])
    assert files(stocked, "café tool helix", passage_ids=only) == ["code.md"]
    assert files(stocked, "café", passage_ids=only) == []


def test_title_and_heading_are_searched_too(library, write) -> None:
    library.add(
        write("a.md", "# Zeppelins\n\n## Moorings\n\nThey float.\n"), write("b.md", "Zeppelins have moorings.\n")
    )
    assert set(files(library, "moorings")) == {"Zeppelins", "b.md"}
    assert files(library, "zeppelin")[0] == "Zeppelins"


def test_document_frequency_counts_stems(stocked) -> None:
    assert stocked.lexical.document_frequency("model") == stocked.lexical.document_frequency("models") == 1


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("What is the licence of BLOOM?", ["licence", "bloom"]),
        ("Kapoor's paper, kapoor’s paper", ["kapoor", "paper"]),
        ("the of and", ["the", "of", "and"]),
        ("GPT-3.5", ["gpt", "3.5"]),
        ("", []),
    ],
)
def test_the_telling_words_of_a_question(question: str, terms: list[str]) -> None:
    assert query_terms(question) == terms


@pytest.fixture
def crowded(library, write, monkeypatch):
    """A library that is not small: what a query may read is limited."""
    monkeypatch.setattr(module, "_SMALL", 59)
    rare = "quokka"
    lines = [
        f'{{"_id": "{n}", "title": "T{n}", "text": "Common words in every line{" and some" * (n % 2)}'
        f'{" " + rare if n == 7 else ""}."}}'
        for n in range(60)
    ]
    library.add(write("many.jsonl", "\n".join(lines)))
    return library


def found(library, query: str) -> set[int]:
    return {passage_id for passage_id, _ in library.lexical.search(query, 100)}


def test_small_libraries_are_searched_whole(crowded, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 31)
    monkeypatch.setattr(module, "_SMALL", 60)
    assert len(found(crowded, "common line quokka")) == 60


def test_the_commonest_words_are_left_out_first(crowded, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 31)
    assert len(found(crowded, "common line quokka")) == 1
    assert len(found(crowded, "common line quokka some*")) == 31 - 1
    assert len(found(crowded, "quokka")) == 1


def test_the_rarest_word_is_always_sought(crowded, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 1)
    assert len(found(crowded, "common line")) == 60


def test_phrases_are_not_left_out(crowded, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BUDGET", 1)
    assert len(found(crowded, '"common words"')) == 60
    assert len(found(crowded, '"common words" quokka')) == 60


def test_required_phrases_are_looked_for_among_candidates(crowded) -> None:
    ids = sorted(found(crowded, "common"))
    assert crowded.lexical.having(Query.parse('"some quokka"'), ids) == found(crowded, "quokka")
    assert crowded.lexical.having(Query.parse('"quokka some"'), ids) == set()
    assert crowded.lexical.having(Query.parse("no phrase"), [1, 2]) == {1, 2}


BEFORE = INDEX_SCHEMA.migrations.index(index_terms) - 1
"""The steps up to the one that brought term vectors; the next two make and fill their tables."""

TEXTS_reindexing = {
    "a.md": "# Colour\n\n## Licences\n\nThe colour of organisation.\n",
    "b.md": "# 語言\n\n語言模型 is here.\n",
}


@pytest.fixture
def old_folder(tmp_path, library, write, embedder):
    """A library whose documents are there, with the first schema's empty full-text tables."""
    library.add(*(write(name, text) for name, text in TEXTS_reindexing.items()))
    connection = sqlite3.connect(library.folder / "library.db")
    for table in ("passage_words", "term_vectors", "terms", "term_totals"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("CREATE VIRTUAL TABLE passage_words USING fts5(title, heading, body, content='')")
    connection.execute("CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_words, row)")
    connection.execute("UPDATE migrations SET seen = ? WHERE room = 'index'", (BEFORE,))
    connection.commit()
    connection.close()
    library.database.close()
    return library.folder


def tables(database: Database) -> dict[str, list[tuple]]:
    queries = {
        "vectors": "SELECT passage_id, title, heading, terms FROM term_vectors ORDER BY 1",
        "terms": "SELECT hash, term, passages FROM terms ORDER BY 1",
        "totals": "SELECT passages, terms FROM term_totals",
    }
    return {name: [tuple(row) for row in database.reader().execute(sql)] for name, sql in queries.items()}


def test_old_libraries_are_filled_with_what_new_ones_hold(old_folder, library, open_library, embedder) -> None:
    migrated = Database(old_folder, (CORPUS_SCHEMA, INDEX_SCHEMA))
    store, lexical = DocumentStore(migrated), LexicalIndex(migrated)
    found = tables(migrated)
    assert found["totals"][0][0] == 2
    assert [i for i, _ in lexical.search("color organizations", 5)]
    assert [i for i, _ in lexical.search("言模", 5)]
    # Taking everything out must fit what the migration put in, to the last count.
    dense = DenseIndex(migrated, embedder.model.fingerprint)
    ingest = Ingest(migrated, store, lexical, dense, embedder)
    ingest.remove([summary.document_id for summary in store.summaries()])
    migrated.reader().execute("INSERT INTO passage_words(passage_words) VALUES ('integrity-check')")
    assert tables(migrated) == {"vectors": [], "terms": [], "totals": [(0, 0)]}
    migrated.close()


def test_what_an_older_analyzer_filed_is_filed_anew(library, write, open_library) -> None:
    library.add(write("a.md", "# Datasets\n\nPretraining data from Łódź.\n"))
    fresh = tables(library.database)
    with library.database.writing() as connection:
        connection.execute("UPDATE terms SET term = 'pretrain' WHERE term = 'train'")
        connection.execute("UPDATE term_vectors SET terms = x'00000000'")
        connection.execute("UPDATE term_totals SET terms = terms + 5")
        connection.execute(
            "UPDATE migrations SET seen = ? WHERE room = 'index'", (INDEX_SCHEMA.migrations.index(index_terms_anew),)
        )
    library.database.close()
    migrated = Database(library.folder, (CORPUS_SCHEMA, INDEX_SCHEMA))
    assert tables(migrated) == fresh
    lexical = LexicalIndex(migrated)
    for text in (
        "pre-training",
        "pretraining",
        '"pretraining data"',
        '"pre-training data"',
        "pretr*",
        "data set",
        "lodz",
    ):
        assert lexical.search(text, 5), text
    migrated.close()


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
def stocked_words(stock):
    return stock(
        {
            "a.txt": "Models have weights. Models have licences.",
            "b.txt": "Models have owners.",
            "c.txt": "Models have gradients of release.",
        }
    )


def test_a_rare_word_weighs_more_than_a_common_one(stocked_words) -> None:
    weights = TermWeights("models gradients", stocked_words.lexical)
    assert weights.coverage(stems("gradient")) > 0.5 > weights.coverage(stems("model"))


def test_coverage_runs_from_none_to_all(stocked_words) -> None:
    weights = TermWeights("What licences do models have?", stocked_words.lexical)
    assert weights.coverage([]) == 0
    assert weights.coverage(stems("their licence, any model")) == pytest.approx(1)


def test_words_of_no_document_are_named_as_typed(stocked_words) -> None:
    weights = TermWeights("Do Xylophones have licences?", stocked_words.lexical)
    assert weights.missing == ["Xylophones"]
    assert 0 < weights.known < 1


def test_a_question_of_unknown_words_is_not_known_at_all(stocked_words) -> None:
    assert TermWeights("Xylophones?", stocked_words.lexical).known == pytest.approx(0)


def test_an_empty_question_weighs_nothing(stocked_words) -> None:
    assert TermWeights("?!", stocked_words.lexical).coverage(stems("model")) == 0
    assert TermWeights("?!", stocked_words.lexical).known == 0

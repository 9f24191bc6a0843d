import random
import time

import numpy as np
import pytest

from corpus.model import Document, Record, Source
from corpus.store import DocumentStore
from corpus.store.near_duplicates import Resemblances, bands, resemblance, signature

DRAW = random.Random(11)
WORDS = [f"{first}{second}" for first in "bdfgklmnprstvz" for second in ("anu", "olo", "eri", "ipa", "usto")]
TEXT = " ".join(DRAW.choices(WORDS, k=3000))


def edited(share: float) -> str:
    """``TEXT`` with a share of its words replaced."""
    draw = random.Random(5)
    return " ".join(word if draw.random() > share else "changed" for word in TEXT.split())


@pytest.mark.parametrize("share", [0.0, 0.01, 0.05, 0.2, 1.0])
def test_the_estimate_is_near_the_count(share: float) -> None:
    one, other = signature(TEXT), signature(edited(share))
    assert float((one == other).mean()) == pytest.approx(resemblance(TEXT, edited(share)), abs=0.15)


def test_texts_that_are_nearly_the_same_share_a_band_and_others_do_not() -> None:
    def common(share: float) -> int:
        return len(set(bands(signature(TEXT))) & set(bands(signature(edited(share)))))

    assert common(0.0) == 20
    assert common(0.02) > 0
    assert common(0.5) == 0


def test_what_formats_do_to_a_text_leaves_it_the_same() -> None:
    one = "The “open” models, as we saw, were released under a licence of their own - and nobody has asked why, so far."
    other = one.replace("“", '"').replace("”", '"').replace(" - ", " – ").replace(" ", "\n").upper()
    assert resemblance(one, other) == 1.0


def test_short_texts_are_not_compared() -> None:
    assert signature("Same words.") is None
    assert resemblance("Same words.", "Same words.") == 0.0


def test_a_signature_is_the_same_in_every_run_and_version() -> None:
    # Signatures are kept in libraries: a change here needs a migration that drops the old ones.
    assert signature(" ".join(map(str, range(40))))[:3].tolist() == [94399589, 251538190, 158650285]
    assert bands(signature(" ".join(map(str, range(40)))))[0] == 3912583773658520414


def words(seed: int, count: int = 2000) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def put(store: DocumentStore, held: Resemblances, name: str, text: str) -> str:
    document = Document(text=text, record=Record(title=name), kind="paper", media="text")
    with store.database.writing() as connection:
        identity = store.insert(connection, Source(f"/{name}", name * 10, 1, 0.0), document, ())
        held.write(connection, identity, text)
    return identity


@pytest.fixture
def held(library) -> Resemblances:
    return Resemblances(library.database)


def test_nearly_the_same_text_is_found_with_its_share(library, held) -> None:
    text = words(1)
    one = put(library.store, held, "one", " ".join(text))
    other = put(library.store, held, "two", " ".join([*text[:1000], "changed", *text[1001:]]))
    put(library.store, held, "three", " ".join(words(2)))
    put(library.store, held, "half", " ".join([*text[:1000], *words(3, 1000)]))
    (found,) = held.of(one)
    assert (found.other_id, found.other_path) == (other, "/two")
    assert found.share == pytest.approx(1991 / 2001, abs=0.002)
    assert [{pair.document_id, pair.other_id} for pair in held.pairs()] == [{one, other}]


def test_a_removed_document_is_compared_no_more(library, held) -> None:
    one = put(library.store, held, "one", " ".join(words(1)))
    other = put(library.store, held, "two", " ".join(words(1)))
    with library.database.writing() as connection:
        library.store.delete(connection, other)
    assert held.of(one) == [] == held.pairs()
    assert library.count("signatures") == 1


def test_a_look_among_five_thousand_costs_what_one_among_few_does(library, held) -> None:
    text = " ".join(words(1))
    one = put(library.store, held, "one", text)
    put(library.store, held, "two", text)

    def seconds() -> float:
        begun = time.perf_counter()
        for _ in range(20):
            assert len(held.of(one)) == 1
        return time.perf_counter() - begun

    few = min(seconds() for _ in range(3))
    draw = np.random.default_rng(3)
    with library.database.writing() as connection:
        for n in range(5000):
            # Ids of their own: making distinct keys for so many untitled documents is not what is measured.
            connection.execute(
                "INSERT INTO documents SELECT ?, ?, ?, sha256, size, modified, kind, media, title, year, starter,"
                " record, origins, damages, pages_failed, text, added, reader FROM documents WHERE id = ?",
                (f"d{n}", f"k{n}", f"/{n}", one),
            )
            signed = draw.integers(2**32, size=120, dtype=np.uint32)
            connection.execute("INSERT INTO signatures VALUES (?, ?)", (f"d{n}", signed.tobytes()))
            connection.executemany(
                "INSERT INTO signature_bands VALUES (?, ?)", ((band, f"d{n}") for band in bands(signed))
            )
    assert min(seconds() for _ in range(3)) < 3 * few + 0.02

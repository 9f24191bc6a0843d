import random
import time

import numpy as np
import pytest

from corpus.model import Document, Record, Source
from corpus.resemblance import bands
from corpus.store import DocumentStore
from corpus.store.resemblances import Resemblances

WORDS = [f"{first}{second}" for first in "bdfgklmnprstvz" for second in ("anu", "olo", "eri", "ipa", "usto")]


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

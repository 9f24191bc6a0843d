import random
import sqlite3
import time
from pathlib import Path

import pytest

from corpus.model import Name, Record, Reference
from corpus.store import Database, RoomSchema
from corpus.store.schema import CORPUS_SCHEMA
from corpus.store.work_index import WorkIndex, fill_works, write_work

BODY = "\n\nQuokkas jump at dusk, and nobody has yet said why that is.\n"
PREPRINT = f"---\ntitle: Counting quokkas from the air\nauthor: Ann Lee\nyear: 2018\narxiv: 1801.00001v1\n---{BODY}"
REVISED = PREPRINT.replace("v1", "v2").replace("nobody", "hardly anybody")
PRINTED = (
    PREPRINT.replace("quokkas from the air", "Quokkas from the Air").replace("2018", "2019") + "\nIt is printed.\n"
)
PRINTED = PRINTED.replace("arxiv: 1801.00001v1", "doi: 10.1000/jm.7")
OTHER = f"---\ntitle: Counting numbats from the ground\nauthor: Ann Lee\nyear: 2019\n---{BODY}\nAnother work.\n"


@pytest.fixture
def works(library) -> WorkIndex:
    return WorkIndex(library.database)


def ids(library) -> dict[str, str]:
    return {Path(summary.path).stem: summary.document_id for summary in library.store.summaries()}


def fill(library, write) -> dict[str, str]:
    texts = {"one": PREPRINT, "two": REVISED, "printed": PRINTED, "other": OTHER}
    assert not library.add(*(write(f"{name}.md", text) for name, text in texts.items())).failed
    return ids(library)


def test_versions_of_one_work_are_found_and_the_published_comes_first(library, write, works) -> None:
    held = fill(library, write)
    assert list(works.versions_of(held["one"])) == [held["printed"], held["two"]]
    assert list(works.versions_of(held["printed"])) == [held["two"], held["one"]]
    assert works.versions_of(held["other"]) == {}
    assert works.version(held["two"]).name == "preprint arXiv:1801.00001v2"
    assert works.groups() == {
        held["one"]: (held["two"], held["printed"]),
        held["two"]: (held["one"], held["printed"]),
        held["printed"]: (held["one"], held["two"]),
    }


def test_a_correction_by_hand_and_a_removal_count_at_once(library, write, works) -> None:
    held = fill(library, write)
    library.ingest.edit(held["other"], {"arxiv": "1801.00001", "title": "Counting quokkas"})
    assert held["other"] in works.versions_of(held["one"])
    library.ingest.edit(held["printed"], {"authors": "Ott, Jo"})
    assert held["printed"] not in works.versions_of(held["one"])
    library.ingest.remove([held["two"]])
    assert held["two"] not in works.groups()


def test_a_library_from_before_learns_of_its_works(library, write, tmp_path) -> None:
    held = fill(library, write)
    expected = WorkIndex(library.database).groups()
    library.database.close()
    raw = sqlite3.connect(library.folder / "library.db")
    raw.executescript("DROP TABLE works; DROP TABLE work_keys;")
    before = CORPUS_SCHEMA.migrations[: CORPUS_SCHEMA.migrations.index(fill_works) - 1]
    raw.execute("UPDATE migrations SET seen = ? WHERE room = 'corpus'", (len(before),))
    raw.commit()
    raw.close()
    upto = RoomSchema("corpus", CORPUS_SCHEMA.migrations[: len(before) + 2])
    database = Database(library.folder, (upto,))
    assert WorkIndex(database).groups() == expected
    assert set(expected) == {held["one"], held["two"], held["printed"]}
    database.close()


def test_a_look_among_ten_thousand_documents_compares_few(library) -> None:
    draw = random.Random(7)
    words = [f"{first}{second}{third}" for first in "bdklmnrst" for second in ("ana", "olo", "eri") for third in "tskn"]
    with library.database.writing() as connection:
        for n in range(10_000):
            title = " ".join(draw.choices(words, k=draw.randint(3, 9)))
            record = Record(title=title, authors=(Name(f"Wang{n % 40}", "A"), Name("Lee", "B")), year=2000 + n % 20)
            row = (f"/{n}", f"{n:064}", 1, 0.0, "paper", "text", title, record.year, "{}", "{}", "[]", "[]", "x")
            connection.execute(
                "INSERT INTO documents(path, sha256, size, modified, kind, media, title, year, record, origins,"
                f" damages, pages_failed, text, id, key, added) VALUES ({'?,' * 15}?)",
                (*row, f"d{n}", f"k{n}", 0.0),
            )
            write_work(connection, f"d{n}", record, "paper")
    works = WorkIndex(library.database)
    begun = time.perf_counter()
    for n in range(100):
        works.versions_of(f"d{n}")
    looked = time.perf_counter() - begun
    begun = time.perf_counter()
    works.groups()
    grouped = time.perf_counter() - begun
    print(f"{looked * 10:.2f} ms a look, {grouped:.2f} s for all groups")
    assert looked < 2
    assert grouped < 10


AIR = "Counting quokkas from the air"


def entry(text: str, title: str = AIR, *authors: str, **fields: str) -> tuple[Reference, str]:
    return Reference(0, len(text), authors=authors or ("Lee",), title=title, **fields), text


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (entry(f"Lee, A. (2019). {AIR}.", year="2019"), "printed"),
        (entry(f"Lee, A. (2018). {AIR}.", year="2018"), "two"),
        (entry(f"A. Lee. {AIR}. Perth.", "Perth"), "printed"),
        (entry("Quokkas from the air. doi:10.1000/jm.7", "Quokkas", "Lea", doi="10.1000/JM.7"), "printed"),
        (entry(f"Ott, J. (2019). {AIR}.", AIR, "Ott", year="2019"), None),
        (entry("Lee, A. (2019). Counting wombats from the air.", "Counting wombats from the air", year="2019"), None),
        (entry("Lee, A. (2019).", "", year="2019"), None),
    ],
)
def test_an_entry_leads_to_the_version_that_it_names_or_to_none(library, write, works, cited, expected) -> None:
    held = fill(library, write)
    assert works.cited([cited], held["other"]) == [expected and held[expected]]


def test_no_document_cites_a_version_of_itself(library, write, works) -> None:
    held = fill(library, write)
    named = entry(f"Lee, A. (2019). {AIR}.", year="2019")
    assert works.cited([named, named], held["one"]) == [None, None]


def test_an_essay_is_never_what_a_list_names(library, write, works) -> None:
    title = "Why quokkas jump at dusk and at dawn"
    head = f"---\ntitle: {title}\nauthor: Ann Lee\nyear: 2020\n"
    library.add(write("essay.md", f"{head}kind: essay\n---{BODY}"), write("other.md", OTHER))
    held = ids(library)
    named = entry(f"Lee, A. (2020). {title}.", title, year="2020")
    assert works.cited([named], held["other"]) == [None]
    library.add(write("paper.md", f"{head}kind: paper\n---{BODY}\nMore.\n"))
    assert works.cited([named], held["other"]) == [ids(library)["paper"]]

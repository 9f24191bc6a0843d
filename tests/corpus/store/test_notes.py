import pytest

from corpus.errors import UsageError
from corpus.store.notes import Notes

TEXT = "# Quokkas\n\nThe quokka hops at dusk. It rests at noon.\n\nThe quokka eats leaves of the banksia.\n"


@pytest.fixture
def notes(library) -> Notes:
    return Notes(library.database)


def test_a_note_stands_at_its_words(library, write, notes) -> None:
    (item,) = library.add(write("a.md", TEXT)).items
    stored = library.store.get(item.document_id)
    note = notes.add(stored, "rests at\nnoon", " Under a bush? ")
    assert stored.document.text[note.anchor.start : note.anchor.end] == note.anchor.exact == "rests at noon"
    assert (note.body, note.broken) == ("Under a bush?", False)
    assert notes.of() == notes.of(item.document_id) == [note]
    assert notes.remove(note.number) == note
    assert notes.of() == []


@pytest.mark.parametrize(
    ("words", "body", "message"),
    [
        ("The quokka", "x", "2 times"),
        ("The wombat", "x", "do not occur"),
        (" ", "x", "needs words"),
        ("dusk", " ", "needs words"),
    ],
)
def test_words_must_stand_there_once(library, write, notes, words: str, body: str, message: str) -> None:
    (item,) = library.add(write("a.md", TEXT)).items
    with pytest.raises(UsageError, match=message):
        notes.add(library.store.get(item.document_id), words, body)


def test_notes_move_with_their_words_or_are_reported_as_broken(library, write, notes) -> None:
    (item,) = library.add(write("a.md", TEXT)).items
    stored = library.store.get(item.document_id)
    kept, lost = notes.add(stored, "leaves of the banksia", "kept"), notes.add(stored, "rests at noon", "lost")
    (item,) = library.add(
        write("a.md", TEXT.replace("# Quokkas", "# On them\n\nNew.").replace("rests", "sleeps"))
    ).items
    assert item.status == "updated"
    assert item.reason == f"the words of note {lost.number} are no longer in it (see loccit note)"
    after = {note.body: note for note in notes.of()}
    text = library.store.get(item.document_id).document.text
    assert text[after["kept"].anchor.start : after["kept"].anchor.end] == kept.anchor.exact
    assert after["kept"].anchor.start != kept.anchor.start and not after["kept"].broken
    assert after["lost"].broken and after["lost"].anchor == lost.anchor
    (item,) = library.add(write("a.md", TEXT)).items
    assert item.reason == ""
    assert [note.broken for note in notes.of()] == [False, False]


def test_a_removed_document_takes_its_notes_along(library, write, notes) -> None:
    (item,) = library.add(write("a.md", TEXT)).items
    notes.add(library.store.get(item.document_id), "dusk", "When?")
    library.ingest.remove([item.document_id])
    assert notes.of() == []
    with pytest.raises(UsageError, match="no note"):
        notes.remove(1)

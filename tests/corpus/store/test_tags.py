import pytest

from corpus.errors import UsageError
from corpus.store.tags import Tags

TEXT = "# Quokkas\n\nThe quokka hops at dusk. It rests at noon.\n"


@pytest.fixture
def tags(library) -> Tags:
    return Tags(library.database)


@pytest.fixture
def held(library, write) -> tuple[str, str]:
    items = library.add(write("a.md", TEXT), write("b.md", TEXT.replace("quokka", "numbat"))).items
    return items[0].document_id, items[1].document_id


def test_tags_are_given_counted_and_taken_off(tags, held, library) -> None:
    first, second = held
    tags.change(held, ["to read", "Field work"], [])
    tags.change([second], [], ["to read"])
    assert tags.all() == {"Field work": 2, "to read": 1}
    assert tags.of(first) == ("Field work", "to read")
    assert [summary.tags for summary in library.store.summaries()] == [("Field work", "to read"), ("Field work",)]


def test_capitals_and_white_space_tell_no_tags_apart(tags, held) -> None:
    first, second = held
    tags.change([first], ["Straße", "Field work"], [])
    tags.change([second], ["STRASSE", " field \n work "], [])
    assert tags.of(second) == tags.of(first) == ("Field work", "Straße")
    tags.change([second], [], ["field WORK"])
    assert tags.of(second) == ("Straße",)


def test_tags_stay_when_a_file_is_added_again_changed_or_moved_and_go_with_its_document(
    tags, library, write, tmp_path
) -> None:
    path = write("a.md", TEXT)
    (item,) = library.add(path).items
    tags.change([item.document_id], ["reading"], [])
    assert library.add(path).items[0].status == "unchanged"
    path.write_text(TEXT.replace("noon", "night"), "utf-8")
    assert library.add(path).items[0].status == "updated"
    moved = path.rename(path.with_name("moved.md"))
    library.add(moved)
    assert tags.of(item.document_id) == ("reading",)
    library.ingest.remove([item.document_id])
    assert tags.all() == {}


@pytest.mark.parametrize("name", ["", " \n", "x" * 61])
def test_what_is_no_tag_is_refused_and_changes_nothing(tags, held, name: str) -> None:
    with pytest.raises(UsageError, match="not a tag"):
        tags.change(held, ["fine", name], [])
    assert tags.all() == {}


def test_an_unknown_tag_is_refused_with_those_there_are(tags, held) -> None:
    with pytest.raises(UsageError, match="loccit tag ID --add NAME"):
        tags.known(["reading"])
    tags.change(held, ["reading", "done"], [])
    with pytest.raises(UsageError, match="The tags are done, reading"):
        tags.change(held, [], ["raeding"])


def test_of_very_many_tags_the_nearest_are_named(tags, held) -> None:
    tags.change(held, [f"topic {number} of {word}" for number, word in enumerate("abcdefghijklmnopqrstuvwxyz")], [])
    tags.change(held, ["reading"], [])
    with pytest.raises(UsageError, match="Did you mean reading"):
        tags.known(["raeding"])
    with pytest.raises(UsageError, match="See loccit tag"):
        tags.known(["12345"])


def test_control_characters_never_become_part_of_a_tag(tags, held) -> None:
    tags.change(held, ["red\x1b[31m"], [])
    assert "\x1b" not in "".join(tags.all())

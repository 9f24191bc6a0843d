import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ReadError
from corpus.model import BlockKind, Document
from corpus.readers.formats import read_document
from corpus.readers.signatures import package_hints

Convert = Callable[[str, str], Path]

ESSAY = """---
title: On the Sharing of Weights
author: [Mary Major, John Stiles]
date: 5 May 2023
---

# What is shared

Weights are shared with few conditions.[^a] See [the report](https://example.org/r).

[^a]: With some exceptions.

- first point
- second point

> Somebody said so.

| Model | Size |
|-------|------|
| Alpha | 7B   |

## What follows

A “quoted” word and naïve hopes.
"""

FORMATS = ["docx", "odt", "rtf", "epub"]


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.fixture(params=FORMATS)
def essay(request: pytest.FixtureRequest, convert: Convert) -> Document:
    return read_document(convert(ESSAY, f"essay.{request.param}"))


def test_words_headings_and_notes_are_read(essay: Document) -> None:
    assert essay.media in FORMATS
    found = blocks(essay)
    for expected in (
        (BlockKind.HEADING, "What is shared"),
        (BlockKind.PARAGRAPH, "Weights are shared with few conditions. See the report."),
        (BlockKind.HEADING, "What follows"),
        (BlockKind.PARAGRAPH, "A “quoted” word and naïve hopes."),
        (BlockKind.TABLE, "Model | Size\nAlpha | 7B"),
    ):
        assert expected in found
    if essay.media != "rtf":  # pandoc writes its bullets as letters
        assert (BlockKind.LIST_ITEM, "second point") in found
    assert any("With some exceptions." in text for kind, text in found if kind is not BlockKind.HEADING)


def test_title_authors_and_year_are_stated(essay: Document) -> None:
    if essay.media == "rtf":
        return  # pandoc writes none of them as properties
    assert essay.record.title == "On the Sharing of Weights"
    assert [name.display for name in essay.record.authors] == ["Mary Major", "John Stiles"]
    if essay.media != "odt":
        assert essay.record.year == 2023


def test_links_point_at_their_words(essay: Document) -> None:
    assert ("the report", "https://example.org/r") in [(essay.text[k.start : k.end], k.target) for k in essay.links]


@pytest.mark.parametrize("package", ["docx", "odt", "rtf"])
def test_a_note_is_a_block_of_its_own(convert: Convert, package: str) -> None:
    assert (BlockKind.FOOTNOTE, "With some exceptions.") in blocks(read_document(convert(ESSAY, f"a.{package}")))


def test_tracked_changes_are_taken_as_accepted(convert: Convert, tmp_path: Path) -> None:
    source = convert("KEPT\n", "a.docx")
    changed = tmp_path / "changed.docx"
    body = b'<w:del w:id="1" w:author="a"><w:r><w:delText>old</w:delText></w:r></w:del>'
    body += b'<w:ins w:id="2" w:author="a"><w:r><w:t>A new sentence.</w:t></w:r></w:ins>'
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                data = data.replace(data[data.index(b"<w:r>") : data.index(b"</w:r>") + 6], body)
            after.writestr(name, data)
    assert read_document(changed).text == "A new sentence."


@pytest.mark.parametrize("name", ["essay.txt", "essay.md", "essay.unknown"])
@pytest.mark.parametrize("package", FORMATS)
def test_a_wrong_ending_does_no_harm(convert: Convert, package: str, name: str) -> None:
    path = convert(ESSAY, f"a.{package}")
    assert read_document(path.rename(path.with_name(name))).media == package


def test_the_properties_of_rtf_are_no_part_of_the_text(read: Callable[..., Document]) -> None:
    document = read("a.rtf", r"{\rtf1{\info{\title A Title}{\author Mary Major}}{\pard Some text.\par}}")
    assert document.text == "Some text."
    assert document.record.title == "A Title"
    assert document.origins["title"].confidence == 0.5


@pytest.mark.parametrize(
    "source",
    [
        r'\u8220"quoted\u8221" na\u239?ve',
        r"\u8220\'93quoted\u8221\'94 na\u239\'efve",
        r"{\u8220?}quoted\u8221 ? na\u239 ?ve",
    ],
)
def test_characters_by_number_lose_no_letter_in_rtf(read: Callable[..., Document], source: str) -> None:
    assert read("a.rtf", rf"{{\rtf1 A {source} hope.\par}}").text == "A “quoted” naïve hope."


def package_of(name: str, xml: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, xml)
    return buffer.getvalue()


def test_properties_state_what_the_text_does_not() -> None:
    core = (
        '<p xmlns:d="urn:d"><d:title>A Title</d:title><d:creator>Mary Major</d:creator>'
        "<d:created>2014-07-29T01:30:00Z</d:created></p>"
    )
    found = {name: hint.value for name, hint in package_hints(package_of("docProps/core.xml", core), "docx").items()}
    assert found == {"title": "A Title", "authors": "Mary Major", "date": "2014-07-29"}


@pytest.mark.parametrize(
    "xml", ["<p", "<p><creator>Microsoft Office User</creator><title>.</title></p>", '<!DOCTYPE p SYSTEM "file:///a">']
)
def test_properties_that_say_nothing_are_left_out(xml: str) -> None:
    assert package_hints(package_of("docProps/core.xml", xml), "docx") == {}


def test_an_old_word_file_is_told_apart(read: Callable[..., Document]) -> None:
    with pytest.raises(ReadError, match=r"Word 97-2003.*save it as DOCX"):
        read("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_a_spreadsheet_is_no_text(read: Callable[..., Document]) -> None:
    with pytest.raises(ReadError, match="not read"):
        read("table.xlsx", package_of("xl/workbook.xml", "<x/>"))


@pytest.mark.parametrize("package", FORMATS)
def test_damaged_files_are_refused_or_read(convert: Convert, package: str) -> None:
    path = convert(ESSAY, f"a.{package}")
    whole = path.read_bytes()

    @settings(max_examples=8)
    @given(st.integers(0, len(whole) - 1), st.binary(max_size=40))
    def damage(place: int, noise: bytes) -> None:
        path.write_bytes(whole[:place] + noise + whole[place + 2 * len(noise) :])
        try:
            read_document(path)
        except ReadError as error:
            assert error.cause
            assert error.place == str(path)

    damage()

import pytest

from corpus.errors import ReadError
from corpus.model import BlockKind, Document

PARAGRAPH = "Open weights let other groups repeat a measurement, and they let anybody change what was measured. "


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>A page</title>{head}</head><body>{body}</body></html>"


ARTICLE = page(
    "<nav><a href='/'>Home</a> <a href='/about'>About us</a></nav><article><h1>Releasing weights</h1>"
    f"<p>{PARAGRAPH * 3}</p><h2>What <em>follows</em></h2><p>{PARAGRAPH * 2}See <a href='https://example.org/r'>the"
    " report</a>.</p><table><tr><th>Model</th><th>Size</th></tr><tr><td>Alpha</td><td>7B</td></tr></table></article>"
    "<footer>Cookie settings, all rights reserved</footer>",
    '<meta name="author" content="Mary Major"><meta property="article:published_time" content="2023-04-05">',
)


@pytest.fixture
def article(read) -> Document:
    return read("a.html", ARTICLE)


def test_the_article_is_kept_and_the_page_around_it_is_not(article: Document) -> None:
    assert "repeat a measurement" in article.text
    assert "Cookie settings" not in article.text
    assert "About us" not in article.text
    assert "<" not in article.text


def test_headings_make_sections(article: Document) -> None:
    headings = [article.text[b.start : b.end] for b in article.blocks if b.kind is BlockKind.HEADING]
    assert "What follows" in headings


def test_the_page_states_title_author_and_date(article: Document) -> None:
    assert article.media == "html"
    assert article.kind == "web"
    assert article.record.title == "Releasing weights"
    assert [name.display for name in article.record.authors] == ["Mary Major"]
    assert article.record.year == 2023
    assert article.origins["authors"].source == "HTML metadata"


def test_links_point_at_their_words(article: Document) -> None:
    assert [(article.text[k.start : k.end], k.target) for k in article.links] == [
        ("the report", "https://example.org/r")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_declared_or_marked_encoding_is_used(read, encoding: str) -> None:
    meta = f'<meta charset="{encoding}">' if encoding == "cp1252" else ""
    source = page(f"<article><p>Größe — “naïve”. {PARAGRAPH * 3}</p></article>", meta)
    assert "Größe — “naïve”." in read("a.html", source.encode(encoding)).text


def test_a_false_declaration_does_no_harm(read) -> None:
    source = page(f"<article><p>Größe. {PARAGRAPH * 3}</p></article>", '<meta charset="no-such-code">')
    assert "Größe." in read("a.html", source).text


def test_a_short_page_without_an_article_is_read_whole(read) -> None:
    assert "Just one line here." in read("a.html", "<p>Just one line here.</p>").text


def test_a_page_without_text_says_so(read) -> None:
    with pytest.raises(ReadError, match="No text was found"):
        read("a.html", page("<img src='a.png'><script>var words = 'not text';</script>", "").replace("A page", ""))


@pytest.mark.parametrize(
    "body", ["<p>Just one line here.</p>", "<div><span>Words</span></div>", "<ul><li>item</li></ul>"]
)
def test_a_short_page_keeps_its_title(read, body: str) -> None:
    assert read("a.html", page(body)).record.title == "A page"


def test_the_paragraphs_of_a_short_page_stay_apart(read) -> None:
    document = read("a.html", page("<h1>A heading</h1><p>Just one line here.</p><p>And one more.</p>"))
    assert document.text == "A heading\n\nJust one line here.\n\nAnd one more."


@pytest.mark.parametrize("name", ["saved.txt", "saved.md", "saved.docx"])
def test_a_page_under_another_name_is_read_as_a_page(read, name: str) -> None:
    assert read(name, ARTICLE).media == "html"


SAID = "Ένα κείμενο για τα καγκουρό, που πηδούν όλη τη νύχτα και κοιμούνται όλη την ημέρα. " * 3
PAGE = "<html><head>{}<title>Τίτλος</title></head><body><p>{}</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="iso-8859-7">', "iso-8859-7"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-7">', "iso-8859-7"),
        ("<META CONTENT='text/html; charset = windows-1253'>", "cp1253"),
        ('<meta charset="iso-8859-7">', "utf-8"),
        ('<meta charset="iso-8859-7">', "utf-8-sig"),
        ('<meta charset="iso-8859-7">', "utf-16"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="unicode_escape">', "utf-8"),
        ('<meta charset="hex">', "utf-8"),
    ],
)
def test_declared_encodings_are_heeded_and_a_byte_order_mark_before_them(read, declared: str, encoding: str) -> None:
    document = read("page.html", PAGE.format(declared, SAID).encode(encoding))
    assert document.text.endswith(SAID.strip())
    assert document.record.title == "Τίτλος"


def test_an_encoding_of_ascii_bytes_is_heeded_too(read) -> None:
    said = "日本語の文章です。" * 20
    page = PAGE.replace("Τίτλος", "題").format('<meta charset="iso-2022-jp">', said)
    document = read("page.html", page.encode("iso-2022-jp"))
    assert said in document.text


def test_latin_pages_are_read_as_browsers_read_them(read) -> None:
    page = PAGE.replace("Τίτλος", "Title").format('<meta charset="iso-8859-1">', "He said “no” – and left. " * 9)
    assert "“no” – and" in read("page.html", page.encode("cp1252")).text


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>On &amp; on</title>", "", "On & on"),
        ("<title> </title>", "<h1>Small <em>rocks</em></h1>", "Small rocks"),
        ("<meta content='Shared' property='og:title'><title>Shared | Site</title>", "", "Shared"),
        ("", "<h1>One</h1><h1>Two</h1>", "One"),
    ],
)
def test_short_pages_have_titles(read, head: str, heading: str, title: str) -> None:
    page = f"<html><head>{head}</head><body>{heading}<p>Rocks roll.</p></body></html>"
    assert read("page.html", page).record.title == title

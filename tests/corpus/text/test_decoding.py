import pytest

from corpus.text.decoding import decode

PROSE = "Größe, naïve, “quoted” – it’s €5"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_prose_survives_every_usual_encoding(encoding: str) -> None:
    assert decode(PROSE.encode(encoding))[0] == PROSE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_unmarked_utf_16_is_not_taken_for_utf_8_with_zero_bytes(encoding: str) -> None:
    # Every byte of this is valid UTF-8, and U+2019 has no zero byte to give it away.
    assert decode("It’s plain.".encode(encoding)) == ("It’s plain.", encoding)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbftext")[0] == "text"


@pytest.mark.parametrize("data", [b"a\nb\nc", b"a\r\nb\r\nc", b"a\rb\rc", b"a\r\nb\rc"])
def test_line_ends_become_line_feeds(data: bytes) -> None:
    assert decode(data)[0] == "a\nb\nc"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Открытые модели доступны каждому, и это меняет исследования.", "cp1251"),
        ("これは日本語で書かれた文章です。モデルの重みは公開されています。", "shift_jis"),
    ],
)
def test_a_detector_decides_where_most_bytes_are_foreign(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_short_western_text_is_windows_1252_whatever_a_detector_might_guess() -> None:
    assert decode(b"caf\xe9 \x96 na\xefve") == ("café – naïve", "windows-1252")


def test_bytes_that_windows_1252_leaves_undefined_do_not_fail() -> None:
    text, encoding = decode(b"plain ascii words around one odd byte \x81 and more of them")
    assert encoding == "windows-1252"
    assert text.startswith("plain ascii") and text.endswith("more of them")


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"\xff\xfe\x00", b"\x80" * 50, bytes(range(256))])
def test_nothing_is_too_odd_to_decode(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)

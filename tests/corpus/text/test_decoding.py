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
    ("text", "encodings"),
    [
        ("Die Größe überrascht: „Öffnung“ ist für alle möglich – außer hier.", ("cp1252", "mac_roman")),
        ("L’évaluation coûte cher ; où sont les données ? « Ça dépend », répond-il.", ("cp1252", "mac_roman")),
        ("The “weights” aren’t open – it’s a licence that doesn’t permit a naïve use.", ("cp1252", "mac_roman")),
        ("Åbne modeller gør forskningen bedre, men også sværere at måle på.", ("cp1252", "mac_roman")),
        ("Otwarte modele są częścią badań, choć nie każdy się z tym zgadza.", ("cp1250", "iso8859_2", "cp852")),
        ("Otevřené modely jsou důležité; příliš mnoho lidí však neví proč.", ("cp1250", "iso8859_2")),
        ("Açık modeller araştırmayı kolaylaştırır; ağırlıklar şart değildir.", ("cp1254",)),
        ("Открытые модели доступны каждому, и это не всё.", ("cp1251", "koi8_r", "iso8859_5", "mac_cyrillic", "cp866")),
        ("Τα ανοιχτά μοντέλα είναι διαθέσιμα σε όλους.", ("cp1253", "iso8859_7")),
        ("המודלים הפתוחים זמינים לכולם וזה משנה את המחקר.", ("cp1255",)),
        ("النماذج المفتوحة متاحة للجميع وهذا يغير البحث.", ("cp1256",)),
        ("开放模型对每个人都可用，这改变了研究。", ("gb18030",)),
        ("開放模型對每個人都可用，這改變了研究。", ("big5",)),
        ("オープンなモデルは誰でも利用でき、研究を変えている。", ("shift_jis", "euc_jp")),
        ("공개 모델은 누구나 사용할 수 있으며 연구를 바꾸고 있다.", ("euc_kr",)),
    ],
)
def test_old_encodings_are_told_apart_by_what_comes_out(text: str, encodings: tuple[str, ...]) -> None:
    for encoding in encodings:
        assert decode(text.encode(encoding))[0] == text, encoding


def test_utf_8_with_a_stray_western_byte_stays_utf_8() -> None:
    data = "Größe, “quoted”, naïve café, Übung, 日本語 — ".encode() + b"caf\xe9"
    assert decode(data) == ("Größe, “quoted”, naïve café, Übung, 日本語 — café", "utf-8")


def test_short_western_text_is_windows_1252_whatever_a_detector_might_guess() -> None:
    assert decode(b"caf\xe9 \x96 na\xefve") == ("café – naïve", "windows-1252")


def test_bytes_that_windows_1252_leaves_undefined_do_not_fail() -> None:
    text, encoding = decode(b"plain ascii words around one odd byte \x81 and more of them")
    assert encoding == "windows-1252"
    assert text.startswith("plain ascii") and text.endswith("more of them")


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff\xfe", b"\xff\xfe\x00", b"\x80" * 50, bytes(range(256))])
def test_nothing_is_too_odd_to_decode(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)

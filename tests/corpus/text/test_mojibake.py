import pytest

from corpus.text.mojibake import lost_fragments, repair_mojibake


def misread(text: str) -> str:
    """``text`` in UTF-8, read as Windows-1252."""
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(b) if b in undefined else bytes([b]).decode("cp1252") for b in text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "🧠📄 A heading with emoji",
        "“quoted” — and don’t…",
        "Müller’s café in São Paulo",
        "crème brûlée, Ñandú, 100 € • ½",
        "日本語のテキスト",
        "한국어 개체명 인식",
        "Spaß”",
    ],
)
def test_what_was_misread_comes_back(text: str) -> None:
    damaged = misread(text)
    assert damaged != text
    assert repair_mojibake(damaged) == text


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "Müller café, naïve, Spaß”, Ærø, Łódź",
        "“curly” ‘quotes’ — dashes – and … dots",
        "São Paulo, Âme, Ångström, Äpfel",
        "α-helix, β-sheet, 日本語, Привет",
        "x² ≤ y, ½ of 100 €, №5 §3 ©2024 ™",
        "🧠📄📘",
        "« la liberté\u00a0» et “café”—or “voilà”…",
        "„stráž” a „máš…”, café²³, José’”",
    ],
)
def test_right_text_stays_as_it_is(text: str) -> None:
    assert repair_mojibake(text) == text
    assert lost_fragments(text) == []


def test_curly_quotes_stay_curly_in_a_line_that_is_repaired() -> None:
    assert repair_mojibake("“first” " + misread("“second” café")) == "“first” “second” café"


def test_lines_are_judged_one_by_one() -> None:
    assert repair_mojibake("a right café\n" + misread("a broken café") + "\n") == "a right café\na broken café\n"


def test_a_run_with_a_missing_byte_is_kept_and_named() -> None:
    pencil = misread("✍️ Notes").replace("\x8f", "").replace("\x8d", "")
    repaired = repair_mojibake(misread("📘 ") + pencil)
    assert repaired == "📘 " + pencil
    assert lost_fragments(repaired) == [pencil.removesuffix(" Notes")]


def test_letters_before_quotation_marks_are_not_taken_for_lost_bytes() -> None:
    assert lost_fragments("voilà “so”, â— and naï… or Hawaï’s") == []


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp1250", "cp1251", "mac_roman", "cp437"])
@pytest.mark.parametrize(
    "text", ["El niño comió piñas en São Tomé", "Größe – „Übung“ für ältere Öfen", "обзор моделей"]
)
def test_lines_misread_in_any_usual_encoding_come_back(text: str, encoding: str) -> None:
    damaged = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    assert repair_mojibake(damaged) == text
    assert repair_mojibake("a right line, “quoted”\n" + damaged) == "a right line, “quoted”\n" + text


def test_what_was_misread_three_times_comes_back() -> None:
    assert repair_mojibake(misread(misread(misread("They don’t: a café")))) == "They don’t: a café"


def test_quotation_marks_without_their_first_byte_come_back() -> None:
    assert repair_mojibake("\x80\x98so\x80\x99") == "‘so’"


@pytest.mark.parametrize(
    "text",
    [
        "l’école, l’équipe, l’étude",
        "€• a list in the margin",
        "Âge et « Âme »",
        "Он сказал: «всё», и ушёл… “почему”?",
        "Її «дії» — її ідеї",
        "Λέει: «ναι», όχι “όχι”.",
        "Řekl: „Ťuhýk žere“ – «ano»",
        "قال: «نعم»، ثم ذهب.",
        "中文“引号”与《书名》——完。",
        "“État”—“Été”, ‘Œuvre’",
    ],
)
def test_right_text_of_any_language_stays(text: str) -> None:
    assert repair_mojibake(text) == text

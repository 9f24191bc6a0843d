import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.repair import (
    LIGATURES,
    expand_ligatures,
    locate_damage,
    normalise,
    repair,
    repair_mojibake,
    strip_controls,
)


@pytest.mark.parametrize(("ligature", "letters"), LIGATURES.items())
def test_each_latin_ligature_is_spelt_out(ligature: str, letters: str) -> None:
    assert expand_ligatures(f"a{ligature}b") == f"a{letters}b"


@pytest.mark.parametrize("kept", ["x²", "½", "№", "Ⅳ", "㎏", "\u211d", "æ", "œ", "\ufb13"])
def test_other_compatibility_characters_stay(kept: str) -> None:
    assert expand_ligatures(kept) == kept


def test_controls_go_and_line_structure_stays() -> None:
    assert strip_controls("a\x00\x07b\x1b[31m\x7f\x9b\tc\r\nd") == "ab[31m\tc\r\nd"


def test_spaces_and_soft_hyphens_are_no_controls() -> None:
    assert strip_controls("a\u00a0b\u00adc\u200bd") == "a\u00a0b\u00adc\u200bd"


def test_lone_surrogates_do_not_survive() -> None:
    assert normalise("a\ud835b") == "ab"


@given(st.text())
def test_normalising_is_idempotent_and_gives_nfc(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_marks_that_force_a_direction_go_and_a_form_feed_parts_words() -> None:
    assert strip_controls("safe\u202etxt.exe\u2066x\u2069") == "safetxt.exex"
    assert strip_controls("here.\x0cPage two") == "here. Page two"


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
    assert repair(text.encode()).lost == ()


def test_curly_quotes_stay_curly_in_a_line_that_is_repaired() -> None:
    assert repair_mojibake("“first” " + misread("“second” café")) == "“first” “second” café"


def test_lines_are_judged_one_by_one() -> None:
    assert repair_mojibake("a right café\n" + misread("a broken café") + "\n") == "a right café\na broken café\n"


def test_a_run_with_a_missing_byte_is_kept_and_named() -> None:
    pencil = misread("✍️ Notes").replace("\x8f", "").replace("\x8d", "")
    repaired = repair_mojibake(misread("📘 ") + pencil)
    assert repaired == "📘 " + pencil
    assert repair(repaired.encode()).lost == (pencil.removesuffix(" Notes"),)


def test_letters_before_quotation_marks_are_not_taken_for_lost_bytes() -> None:
    assert repair("voilà “so”, â— and naï… or Hawaï’s".encode()).lost == ()


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


def test_bytes_become_canonical_characters() -> None:
    data = "ﬁne cafe\u0301 \x07with\x1b[31m colour".encode()
    assert repair(data).text == "fine café with[31m colour"


def test_mojibake_is_repaired_before_its_bytes_are_dropped_as_controls() -> None:
    # The closing quotation mark's last byte stands there as U+009D, a control character.
    assert repair("â€œquotedâ€\x9d".encode()).text == "“quoted”"


def test_the_encoding_is_reported() -> None:
    assert repair("The size, or Größe in German".encode("cp1252")).encoding == "windows-1252"


def test_right_text_has_lost_nothing() -> None:
    assert repair("All is well — naïvely so.".encode()).lost == ()


def test_lost_fragments_are_located_in_order_each_at_its_own_place() -> None:
    text = "ð¡ one, âœï two, âœï three"
    lost = repair(text.encode()).lost
    assert len(lost) == 3
    damages = locate_damage(text, lost)
    assert [text[d.start : d.end] for d in damages] == list(lost)
    assert [d.start for d in damages] == sorted({d.start for d in damages})
    assert all("lost" in d.message for d in damages)


def test_a_fragment_that_did_not_reach_the_text_is_not_located() -> None:
    assert locate_damage("nothing of it here", ("âœï",)) == ()

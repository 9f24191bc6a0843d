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

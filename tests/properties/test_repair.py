import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.repair import repair

LETTERS = "abcdefgh AEIOU éèüößñçåøæœÂâïŸÃ"
WORD = st.builds(
    "".join,
    st.tuples(
        st.text(alphabet="“‘«(¿", max_size=2),
        st.text(alphabet="abcdeéèêàáíóöüßñçåøæšž", max_size=6),
        st.text(alphabet="”’»—–…²³°™.,)\u00a0", max_size=3),
    ),
)
RIGHT = st.lists(WORD, max_size=12).map(" ".join)
"""Text as people write it: letters, with punctuation and small marks around them."""

LANGUAGES = (
    "Straße Größe Übung müßig Öl",
    "élève été où ça Noël œuvre Âge à",
    "niño está ¿qué? corazón",
    "žluťoučký kůň příliš ďábelské",
    "gęślą jaźń Łódź żółć",
    "Open æble øl Åse på",
    "всё ещё Ёлка её объём",
    "її їжак ґанок є",
    "Λέξη ψυχή ώρα όχι",
    "نعم كتاب مدرسة",
    "日本語 中文 한국어 ひらがな",
    "🧠 📄 α β x² ½ 5µm 20°",
)
QUOTED = st.sampled_from(("{}", "“{}”", "‘{}’", "« {} »", "«{}»", "„{}“", "({})", "{}…", "{} –", "—{}", "l’{}", "{}’s"))


@st.composite
def lines_of_a_language(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(draw(st.sampled_from(LANGUAGES)).split()), min_size=1, max_size=10))
    return " ".join(draw(QUOTED).format(word) for word in words)


@given(lines_of_a_language())
def test_right_text_of_any_language_stays_as_it_is(text: str) -> None:
    assert repair(text.encode()).text == unicodedata.normalize("NFC", text)


@given(st.binary(max_size=200))
def test_any_bytes_give_clean_text(data: bytes) -> None:
    text = repair(data).text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\t\n" for char in text)
    text.encode("utf-8")


@given(RIGHT)
def test_right_text_stays_as_it_is(text: str) -> None:
    repaired = repair(text.encode())
    assert repaired.text == unicodedata.normalize("NFC", text)
    assert repaired.lost == ()


@given(RIGHT)
def test_repairing_again_changes_nothing(text: str) -> None:
    once = repair(text.encode()).text
    assert repair(once.encode()).text == once


@given(st.text(alphabet=st.sampled_from(LETTERS + "“”‘’"), max_size=40))
def test_curly_quotes_are_never_straightened(text: str) -> None:
    repaired = repair(text.encode()).text
    assert '"' not in repaired and "'" not in repaired


@given(st.text(alphabet=st.sampled_from("abc .,“”‘’—–…€•™📘🧠日本"), min_size=1, max_size=40))
def test_what_was_misread_as_windows_1252_comes_back(text: str) -> None:
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    misread = "".join(chr(b) if b in undefined else bytes([b]).decode("cp1252") for b in text.encode())
    assert repair(misread.encode()).text == text

from corpus.text.repair import locate_damage, repair


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

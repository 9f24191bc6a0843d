from corpus.readers.furniture import without_furniture

PROSE = "This page describes a paper on sharing model weights, and what may follow from it."


def test_buttons_counters_and_empty_tables_of_a_saved_page_go() -> None:
    page = [
        "Skip to main content",
        PROSE,
        "",
        "Get AI-generated insights about this paper",
        "Comments (12)",
        "Sign in to follow",
        "Title | Authors | Year | Actions |",
        "---|",
        "Mary Major, John Stiles et al.",
    ]
    kept, removed = without_furniture(page)
    assert [line for line in kept if line] == [PROSE]
    assert removed == 7


def test_one_such_line_alone_may_be_somebodys_sentence() -> None:
    lines = [PROSE, "Share", "A line without a stop"]
    assert without_furniture(lines) == (lines, 0)


def test_plain_prose_loses_nothing() -> None:
    lines = [PROSE, "", "Likes and shares are counted (3) by everyone. Home is where the heart is."]
    assert without_furniture(lines) == (lines, 0)


def test_long_lines_without_a_stop_stay_even_on_a_saved_page() -> None:
    long = " ".join(["word"] * 30)
    assert without_furniture(["Home", "Menu", long])[0] == [long]

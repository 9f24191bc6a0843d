from corpus.store.stored import kept_ids


def words(*texts: str) -> list[tuple[str, str, str]]:
    return [("Title", "Heading", text) for text in texts]


def test_equal_passages_keep_their_ids_in_text_order() -> None:
    assert kept_ids(zip((3, 4, 5), words("a", "b", "a"), strict=True), words("a", "a", "a")) == [3, 5, None]


def test_another_heading_or_title_makes_another_passage() -> None:
    before = [(1, ("T", "H", "a"))]
    assert kept_ids(before, [("T", "I", "a")]) == kept_ids(before, [("U", "H", "a")]) == [None]


def test_order_does_not_matter() -> None:
    assert kept_ids(zip((1, 2), words("a", "b"), strict=True), words("b", "a")) == [2, 1]

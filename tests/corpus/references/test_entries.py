def entries(read, *blocks: str) -> list[str]:
    document = read("a.md", "Text.\n\n## References\n\n" + "\n\n".join(blocks) + "\n")
    return [document.text[ref.start : ref.end] for ref in document.references]


ONE = "[1] Lee, A. (2020). One thing and a long title behind it. Press."
TWO = "[2] Major, M. (2021). Another thing and its title. Press."


def test_several_numbered_entries_in_one_block_are_cut(read) -> None:
    assert entries(read, f"{ONE} {TWO}") == [ONE, TWO]


def test_a_number_out_of_turn_begins_no_entry(read) -> None:
    assert len(entries(read, f"{ONE} As said in [7] and again.")) == 1


def test_several_named_entries_in_one_block_are_cut(read) -> None:
    one = "Wan, X. and Xi, J. (2008a). Counting quokkas from the air and from trees. In Proceedings of Counting."
    two = "Wan, X. and Xi, J. (2008b). Counting quokkas once more, at night, with a torch. In Proceedings of Night."
    assert entries(read, f"{one} {two}") == [one, two]


def test_one_entry_with_several_years_stays_one(read) -> None:
    entry = "Lee, A. (2008a). The Congress of 2010. In Counting in the Year (2011). Proceedings of (2012)."
    assert entries(read, entry) == [entry]


def test_a_paragraph_that_goes_on_belongs_to_the_entry_above(read) -> None:
    (first, second) = entries(read, ONE, "[Online]. Available: https://example.org/one", TWO)
    assert first.endswith("https://example.org/one")
    assert second == TWO


def test_a_name_in_small_letters_begins_an_entry(read) -> None:
    assert len(entries(read, "Lee, A. (2020). One. Press.", "van den Berg, K. (2021). Two. Press.")) == 2


def test_prose_below_a_dated_list_is_no_entry(read) -> None:
    listed = [f"Lee, A. ({year}). Work number {year}. Press." for year in range(2001, 2009)]
    assert entries(read, *listed, "The lighthouse keeper counted again.") == listed

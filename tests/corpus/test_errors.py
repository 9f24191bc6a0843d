import pytest

from corpus import errors
from corpus.errors import LoccitError


def test_a_message_gives_cause_place_and_remedy() -> None:
    assert str(LoccitError("It broke", place="a.md", remedy="Mend it")) == "It broke: a.md. Mend it."
    assert str(LoccitError("It broke", place="a.md")) == "It broke: a.md."
    assert str(LoccitError("It broke", remedy="Mend it")) == "It broke. Mend it."


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_is_in_the_tree_and_has_an_exit_code_of_a_failure(name: str) -> None:
    error = getattr(errors, name)
    assert issubclass(error, LoccitError)
    assert error.exit_code in (1, 2, 3, 4)
    assert errors.__doc__ is not None and name in errors.__doc__


def test_the_public_names_are_complete_and_sorted() -> None:
    defined = [name for name, value in vars(errors).items() if isinstance(value, type)]
    assert sorted(defined) == errors.__all__

import pytest

from corpus.text.dates import iso_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021", "2021"),
        ("2021-11", "2021-11"),
        ("2021-11-05T00:00:00Z", "2021-11-05"),
        ("2019-02-03 08:15:00 +0100", "2019-02-03"),
        ("28 July 2014", "2014-07-28"),
        ("July 28, 2014", "2014-07-28"),
        ("3rd of Sept. 1999", "1999-09-03"),
        ("March 2018", "2018-03"),
        ("Spring 2018", "2018"),
        ("2021-13-40", "2021"),
        ("3/4/2021", None),
        ("soon", None),
        ("", None),
        ("12018", None),
    ],
)
def test_a_date_is_read_as_far_as_it_is_certain(text: str, date: str | None) -> None:
    assert iso_date(text) == date

"""What a work of a reference list is called in short."""

from __future__ import annotations

import pytest

from assistant.citing.secondhand import short_name
from corpus.model import Reference


@pytest.mark.parametrize(
    ("authors", "byline", "title", "expected"),
    [
        (("Lee",), "Lee, A.", "Quokkas", "Lee, 2020"),
        (("Lee", "Ott"), "Lee, A., & Ott, J.", "Quokkas", "Lee & Ott, 2020"),
        (("Lee", "Ott", "Major"), "Lee, A., Ott, J., & Major, M.", "Quokkas", "Lee et al., 2020"),
        (("Lee",), "Ann Lee, Jo Ott, and Mary Major", "Quokkas", "Lee et al., 2020"),
        (("Lee",), "Ann Lee et al.", "Quokkas", "Lee et al., 2020"),
        ((), "", "Quokkas of the island", "Quokkas of the island"),
        ((), "", "What is known of the quokkas of the island", "What is known of the quokkas …"),
    ],
)
def test_a_work_is_named_by_its_authors_else_by_its_title(authors, byline, title, expected):
    assert short_name(Reference(0, 0, authors=authors, byline=byline, title=title, year="2020")) == expected

import pytest

from assistant.answering.sides import Side, side_of


@pytest.mark.parametrize(
    ("sentence", "heading", "side"),
    [
        ("Openness enables research and fosters innovation.", "", Side.FOR),
        ("Open weights can be misused for disinformation.", "", Side.AGAINST),
        ("Review by many eyes reduces the risk.", "", Side.FOR),
        ("The release happened in spring.", "Benefits", Side.FOR),
        ("The release happened in spring.", "Risks of release", Side.AGAINST),
        ("The release happened in spring.", "", None),
        ("It brings benefits and risks.", "", None),
    ],
)
def test_words_and_headings_tell_the_side(sentence, heading, side):
    assert side_of(sentence, heading) is side

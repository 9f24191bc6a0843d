import time

import pytest

from corpus.readers.sitecode import drop_site_code


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ('A map. {{< figure src="map.png" title="A" >}}', "A map. "),
        ("{{% header %}}\nText.", "\nText."),
        ("{% include nav.html %}Text.", "Text."),
        ("One <!-- hidden\n\nlines --> two.", "One  two."),
        ("`{{< ref >}}` stays", "`{{< ref >}}` stays"),
        ("```\n{{< ref >}}\n<!-- shown -->\n```\n", "```\n{{< ref >}}\n<!-- shown -->\n```\n"),
        ("Sets {{a, b}} and 5 % of {%", "Sets {{a, b}} and 5 % of {%"),
    ],
)
def test_only_instructions_outside_code_go(source: str, kept: str) -> None:
    assert drop_site_code(source) == kept


@pytest.mark.parametrize("piece", ["<!-- ", "{{< ", "{% a ", "`a", "```\n"])
def test_unclosed_pieces_cost_little(piece: str) -> None:
    begun = time.monotonic()
    drop_site_code(piece * 10_000)
    assert time.monotonic() - begun < 2

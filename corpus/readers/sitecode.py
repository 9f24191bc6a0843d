"""Instructions to the generator of a web site within Markdown: Hugo's shortcodes, Liquid tags, comments.

They make a page, and are no part of what it says. In code they are what it says, and stay.
"""

from __future__ import annotations

import re

__all__ = ["drop_site_code"]

_PIECE = re.compile(
    r"""
      (?P<code>
          ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ ]{0,3}(?P=fence)[`~]*[ \t]*$
        | (?<!`)(?P<ticks>`{1,3})(?!`)(?:(?!\n\s*\n).){1,500}?(?<!`)(?P=ticks)(?!`)
      )
      | \{\{[<%](?:(?!\{\{).){0,2000}?[>%]\}\}
      | \{%-?\s*[a-z](?:(?!\{%|\n).){0,500}?%\}
      | <!--(?:(?!<!--|-->).){0,20000}-->
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def drop_site_code(text: str) -> str:
    """``text`` without shortcodes, Liquid tags and HTML comments outside code.

    >>> drop_site_code('See [the guide]({{< ref "guide" >}}), not `{{< ref >}}`.')
    'See [the guide](), not `{{< ref >}}`.'
    """
    return _PIECE.sub(lambda match: match["code"] or "", text)

import pytest

ABSTRACT_AND_REFERENCES = "# T\n\n## Abstract\n\nShort.\n\n## Text\n\nLong.\n\n## References\n\nLee, A. (2020). X.\n"


@pytest.mark.parametrize(
    ("name", "source", "kind"),
    [
        ("a.md", "---\nkind: brief\n---\n\nText.\n", "brief"),
        ("a.md", "---\ntype: post\n---\n\nText.\n", "web"),
        ("my-essay.md", "---\nkind: paper\n---\n\nText.\n", "paper"),
        ("a.md", "---\nkind: sonnet\n---\n\nText.\n", "document"),
        ("essay-on-release.md", "Text.\n", "essay"),
        ("my_essay.md", "Text.\n", "essay"),
        ("a.md", "In this short essay I weigh both sides.\n", "essay"),
        ("a.md", "# Title\n\n> Critical Analysis\n\nText.\n", "essay"),
        ("a.md", "Text about essayists.\n", "document"),
        ("a.md", ABSTRACT_AND_REFERENCES, "paper"),
        ("a.txt", "Plain text.\n", "document"),
        ("a.md", "---\ntags: [x]\n---\n\nText.\n", "web"),
        ("a.md", "Title: T\n\nURL Source: https://arxiv.org/abs/2101.00001\n\nMarkdown Content:\nText.\n", "paper"),
        ("a.md", "Title: T\n\nURL Source: https://example.org/\n\nMarkdown Content:\nText.\n", "web"),
    ],
)
def test_the_kind_is_what_the_file_states_or_else_looks_like(read, name: str, source: str, kind: str) -> None:
    assert read(name, source).kind == kind

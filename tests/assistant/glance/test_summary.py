import pytest

PAPER = """# Masks for sparse readers

## Abstract

Readers of long texts are slow. In this paper, we propose sparse masks that let a reader skip what it need not read.
We train the masks on 40,000 questions with a loss that counts every word. Experiments show that sparse masks improve
accuracy by 3.1 points over a reader of everything. The masks are the first to be learned without labels.

## 1 Introduction

Large readers have significantly improved the state of the art (Someone, 2019). Nobody knows which words they need.

## 2 Method

We use a gate for each word and train it jointly with the reader. Table 1 shows the sizes of all layers.

## 3 Conclusion

We proposed sparse masks for readers of long texts. A limitation of this work is that only English texts were read.

## References

Someone, A. (2019). In this paper, we propose a list of references. A Journal, 1(2).
"""
ESSAY = """# Against recall

Many people want to recall models. I argue that a released model cannot be recalled and that rules should not assume it.

The first reason is copies. Because anyone can download the weights, therefore no order reaches every copy of them.

Critics claim that most people obey the law. But a rule that works only for those who obey prevents no misuse at all.

A library lends books for a while. Some books come back late, and some never come back to the shelf they stood on.

In conclusion, regulators should plan for models that stay, and must spend their effort before the release.
"""
HELPS = "# Helping\n\n## Abstract\n\nWe find that open weights improve research in small laboratories.\n"
HURTS = "# Hurting\n\n## Abstract\n\nWe find that open weights do not improve research in small laboratories.\n"
AGREES = "# Agreeing\n\n## Abstract\n\nOur results show that open weights improve research in small laboratories.\n"


@pytest.fixture(scope="module")
def workspace(library_of):
    return library_of(paper=PAPER, essay=ESSAY, helps=HELPS, hurts=HURTS, agrees=AGREES)


def named(workspace, name):
    return next(d.document_id for d in workspace.documents() if d.path.endswith(f"{name}.md"))


def shown(glance):
    return {part.role: [" ".join(source.quote.split()) for source in part.sources] for part in glance.parts}


def test_a_paper_is_shown_by_aim_method_results_significance_and_limitations(workspace):
    glance = workspace.glance(named(workspace, "paper"))
    assert glance.form == "paper"
    parts = shown(glance)
    assert list(parts) == ["aim", "method", "results", "significance", "limitations"]
    assert parts["aim"][0].startswith("In this paper, we propose sparse masks")
    assert parts["method"][0].startswith("We train the masks")
    assert parts["results"] == [
        "Experiments show that sparse masks improve accuracy by 3.1 points over a reader of everything."
    ]
    assert parts["significance"] == ["The masks are the first to be learned without labels."]
    assert parts["limitations"] == ["A limitation of this work is that only English texts were read."]


def test_an_essay_is_shown_by_thesis_arguments_and_conclusion(workspace):
    glance = workspace.glance(named(workspace, "essay"))
    assert glance.form == "essay"
    parts = shown(glance)
    assert list(parts) == ["thesis", "arguments", "conclusion"]
    assert parts["thesis"][0].startswith("I argue that")
    assert any("no order reaches every copy" in text for text in parts["arguments"])
    assert parts["conclusion"][0].startswith("In conclusion")


def test_every_sentence_is_a_slice_in_one_part_only(workspace):
    for summary in workspace.documents():
        text = workspace.document(summary.document_id).document.text
        sources = [source for part in workspace.glance(summary.document_id).parts for source in part.sources]
        for source in sources:
            assert source.quote == text[source.locator.start : source.locator.end]
            assert source.passage.start <= source.locator.start < source.locator.end <= source.passage.end
        assert len({source.locator.start for source in sources}) == len(sources)
        assert [source.n for source in sources] == list(range(1, len(sources) + 1))


def test_two_documents_that_say_the_same_agree(workspace):
    meetings = workspace.compare([named(workspace, "helps"), named(workspace, "agrees")])
    assert [(m.kind, m.because) for m in meetings] == [("agree", "")]


def test_two_of_which_one_denies_it_disagree(workspace):
    meetings = workspace.compare([named(workspace, "helps"), named(workspace, "hurts")])
    assert [(m.kind, m.because) for m in meetings] == [("disagree", "“not”")]
    assert {meetings[0].first.document_id, meetings[0].second.document_id} == {
        named(workspace, "helps"),
        named(workspace, "hurts"),
    }


def test_documents_on_other_things_and_one_document_with_itself_do_not_meet(workspace):
    assert workspace.compare([named(workspace, "paper"), named(workspace, "essay")]) == []
    assert workspace.compare([named(workspace, "helps")] * 2) == []

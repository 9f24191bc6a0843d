"""Below the table of the library stands what is known of the document under the cursor."""

from __future__ import annotations

PREPRINT = """---
title: Counting quokkas from the air
author: Ann Lee
date: 2018
arxiv: 1801.00001
---

We [/x] counted.
"""
PRINTED = PREPRINT.replace("arxiv: 1801.00001", "container-title: Journal of Marsupials").replace("We", "Then we")


def test_versions_tags_and_notes_follow_the_cursor(empty, drive, size, tmp_path):
    files = []
    for name, text in (("preprint.md", PREPRINT), ("printed.md", PRINTED), ("other.md", "# Wombats\n\nThey dig.\n")):
        files.append(tmp_path / name)
        files[-1].write_text(text, "utf-8")
    empty.add(files)
    first, second, _ = (empty.document(str(path)) for path in files)
    empty.tags.change([first.document_id], ["To [read]"], [])
    for number in range(5):
        empty.notes.add(second, "Then we [/x] counted", f"A doubt, number {number}")

    async def scenario(app, driver):
        await driver.press("f3")
        shown = driver.seen("#particulars")
        assert f"[{first.key}]" in shown
        assert "To [read]" in shown
        assert "Also held: Counting quokkas from the air" in shown
        assert "Note" not in shown
        await driver.press("down")
        shown = driver.seen("#particulars")
        assert f"[{second.key}]" in shown
        assert "Note on “Then we [/x] counted”: A doubt, number 0" in shown
        assert f"2 more notes: loccit note {second.key}" in shown
        await driver.press("down")
        assert "Also held" not in driver.seen("#particulars")

    drive(empty, scenario, size)

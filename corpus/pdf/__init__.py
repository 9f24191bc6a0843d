"""Papers set in type: from the glyphs of a PDF page back to paragraphs, headings and page labels."""

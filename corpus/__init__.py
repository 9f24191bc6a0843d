"""What was written: files in; documents, sections, sentences, passages and references out; and the store."""

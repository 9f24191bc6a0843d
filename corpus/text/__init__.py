"""Operations on text, whatever its file format: decoding, repair, folding, sentences, languages."""

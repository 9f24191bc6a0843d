"""Text itself: bytes decoded, damage repaired, sentences found. Knows no file format."""

"""Formats of word processors, e-books and LaTeX, parsed by pandoc in a process of its own."""

"""Measurements on evaluation data that stands outside the repository, in the folder ``shared`` beside it."""

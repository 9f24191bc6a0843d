"""What is said about it: answers, taxonomy and citations, over a library; and the fronts that show them."""

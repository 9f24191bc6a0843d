"""Makes the shipped weights and coefficients; see README.md. Nothing here is imported by the product."""

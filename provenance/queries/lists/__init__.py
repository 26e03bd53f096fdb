"""Overviews: what is on record of one noun, filtered by its fields, sorted, with who entered it and when."""

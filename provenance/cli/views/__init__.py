"""Views: results as sections for people, in words and columns; one module per command."""

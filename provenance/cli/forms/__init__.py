"""Guided forms: questions on a terminal, in the user's language, with completion from the database."""

"""Firms, weapons and types of units: statements about them, made and undone."""

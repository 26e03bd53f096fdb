"""Commands that import data and maintain the database."""

"""Commands that bring data in and keep the database."""

"""Commands that bring data in and look after the database."""

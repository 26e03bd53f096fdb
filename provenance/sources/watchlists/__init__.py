"""One file a list format; readers yield entries and never touch the database."""

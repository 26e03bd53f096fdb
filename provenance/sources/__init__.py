"""Source formats, one file each: they yield records and never touch the database."""

"""Source formats, one file each: they yield records and do not use the database."""

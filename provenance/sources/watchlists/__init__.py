"""List formats, one file each; readers yield entries and do not use the database."""

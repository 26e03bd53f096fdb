"""Text of the field, taken apart and compared: pure functions that know no database."""

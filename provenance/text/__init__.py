"""Text of the field, parsed and compared: pure functions without a database."""

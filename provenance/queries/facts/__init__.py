"""Facts as packed columns for counting; derived from the tables and never authoritative."""

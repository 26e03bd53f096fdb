"""Facts kept as packed columns, ready for counting; derived from the tables, never a truth of their own."""

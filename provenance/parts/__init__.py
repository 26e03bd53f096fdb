"""The parts catalogue in the database, and what identification knows: rules, names, learned pairs."""

"""Reference data and the sample, from CSV files that travel with the program."""

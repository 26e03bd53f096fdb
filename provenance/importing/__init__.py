"""From records to the database: resolve, batch, account for every row."""

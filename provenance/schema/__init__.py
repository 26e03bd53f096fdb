"""The tables and the database behind them: definitions, engines, transactions, migrations."""

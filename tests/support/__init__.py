"""What tests share: throw-away databases, the command line in and out of process, small worlds."""

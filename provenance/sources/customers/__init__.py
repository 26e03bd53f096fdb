"""Customer files: the parties to screen."""

from provenance.sources.customers.mapped import Columns, MappedCustomers, read_customers
from provenance.sources.customers.records import Customer, input_digest

__all__ = [
    "Columns",
    "Customer",
    "MappedCustomers",
    "input_digest",
    "read_customers",
]

"""Customer files: the parties to screen."""

from provenance.sources.customers.columns import Columns
from provenance.sources.customers.mapped import MappedCustomers, read_customers
from provenance.sources.customers.records import Customer, OrderLine, input_digest

__all__ = [
    "Columns",
    "Customer",
    "MappedCustomers",
    "OrderLine",
    "input_digest",
    "read_customers",
]

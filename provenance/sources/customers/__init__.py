"""Customer files: the parties to screen."""

from provenance.sources.customers.mapped import Columns, MappedCustomers, read_customers, read_identifiers
from provenance.sources.customers.records import Customer, Identifier, input_digest

__all__ = [
    "Columns",
    "Customer",
    "Identifier",
    "MappedCustomers",
    "input_digest",
    "read_customers",
    "read_identifiers",
]

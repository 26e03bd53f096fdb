"""Registration numbers: read in one place, compared in one place. Pure; knows no database."""

from provenance.text.registration_numbers.comparison import (
    Compared,
    Difference,
    Sameness,
    compare,
    difference,
    keys_of,
    remarks_on,
)
from provenance.text.registration_numbers.reader import (
    header_label,
    is_label,
    key_of,
    read_labelled_numbers,
    read_numbers,
    read_stored,
    reading_version,
    stored_value,
)
from provenance.text.registration_numbers.records import (
    NumbersRead,
    RegistrationNumber,
    UnreadNumber,
    Validity,
)

__all__ = [
    "Compared",
    "Difference",
    "NumbersRead",
    "RegistrationNumber",
    "Sameness",
    "UnreadNumber",
    "Validity",
    "compare",
    "difference",
    "header_label",
    "is_label",
    "key_of",
    "keys_of",
    "read_labelled_numbers",
    "read_numbers",
    "read_stored",
    "reading_version",
    "remarks_on",
    "stored_value",
]

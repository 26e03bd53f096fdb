"""Formats of lists of transfers, one file a format, and how what is stated of a transfer is read."""

from provenance.sources.transfers.statements import parties_of, raw_of, shipment_of

__all__ = ["parties_of", "raw_of", "shipment_of"]

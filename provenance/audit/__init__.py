"""The audit trail: chains of entries, each sealed with the hash of the one before."""

"""Leads between recoveries: lots and date codes in several, recoveries and units that share rare parts."""

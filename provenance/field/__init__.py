"""Field work: recoveries, seizures, units, components and what is believed of them, as logged by hand."""

"""What leaves an installation whole and comes back whole: backups."""

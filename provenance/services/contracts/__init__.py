"""Requests and results of the services: frozen, typed, the same for every user interface."""

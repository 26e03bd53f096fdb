"""What goes through the door: requests and results, frozen, typed, the same for every user interface."""

"""Labels on bags and reels: the fields of their Data Matrix or QR code, and how each is read."""

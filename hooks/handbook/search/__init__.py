"""Search that understands staff: what can be found, and the data that a phone finds it with."""

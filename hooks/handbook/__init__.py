"""A handbook that compiles: YAML procedures in, complete pages out, or every problem at once."""

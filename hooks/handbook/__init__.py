"""A handbook that compiles: YAML procedures in, complete pages out, or every problem at once."""

__version__ = "0.1.0"  # pyproject.toml reads it here

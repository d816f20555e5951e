"""Everything that is printed: sheets as data, set by templates that a designer can edit."""

"""The tests: one file a module, and what a browser sees."""

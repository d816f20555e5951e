"""The handbook without a signal: what a phone keeps of a built site, and the worker that keeps it."""

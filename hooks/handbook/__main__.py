"""`python -m handbook` is the command `handbook`."""

from .cli import main, run

__all__ = ["main"]

if __name__ == "__main__":
    run()

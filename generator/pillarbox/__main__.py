"""`python -m pillarbox` is `pillarbox`."""

from .cli import run

if __name__ == "__main__":
    run()

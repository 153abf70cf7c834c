"""`python -m pillarbox` is `pillarbox`."""

from .cli.app import run

if __name__ == "__main__":
    run()

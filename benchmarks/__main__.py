"""``python -m benchmarks`` (or ``make benchmark``): the databases, side by side."""

from benchmarks.database import main

if __name__ == "__main__":
    main()

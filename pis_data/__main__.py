"""``python -m pis_data`` is ``pis-data``."""

from pis_data.cli import main

if __name__ == "__main__":
    main()

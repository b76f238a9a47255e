"""Throwaway servers for the tests, of databases and of objects: obtained, started and stopped here alone.

Run it with `make servers` and `make servers-stop`, or `python3 -m tests.servers --help`. It needs Linux,
Python 3.11 and nothing from PyPI, so that it runs before the project's own environment exists.

Nothing on the machine is changed: programs that are not installed are unpacked beside it (`debian.py`), every
server listens on 127.0.0.1 at a port of its own, and only processes that were started here are ever stopped.
"""

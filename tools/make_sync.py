"""Write ``pis_data/sync`` from ``pis_data/aio``: the same files, without the waiting.

    python tools/make_sync.py           # write
    python tools/make_sync.py --check   # fail if what is there differs

The rules are few and textual, so that a reader can foresee the result: the names in `NAMES` are
exchanged, ``async`` and ``await`` go, and a line that ends in ``# sync: …`` becomes what stands there.
(unasyncd, the library for this, renames by qualified name only and has no word for such a line.)
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE, TARGET = ROOT / "pis_data" / "aio", ROOT / "pis_data" / "sync"

HEADER = "# Generated from pis_data/aio/{name} by tools/make_sync.py: change that, then run it.\n"

NAMES = {
    "async def": "def",
    "async with": "with",
    "async for": "for",
    "await ": "",
    "asyncio.current_task": "threading.current_thread",
    "asyncio.Lock": "threading.Lock",
    "asyncio.sleep": "time.sleep",
    "import asyncio": "import threading",
    "sqlalchemy.ext.asyncio": "sqlalchemy",
    "create_async_engine": "create_engine",
    "asynccontextmanager": "contextmanager",
    "aclosing": "closing",
    "AsyncConnection": "Connection",
    "AsyncEngine": "Engine",
    "AsyncIterator": "Iterator",
    "AsyncGenerator": "Generator",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "pis_data.aio": "pis_data.sync",
    '"async"': '"sync"',
    ".sync_engine": "",
    "asynchronous": "synchronous",
}

#: names that must not be left in a synchronous file
FORBIDDEN = {"async", "await", "asyncio", "gather", "create_task", "timeout", "aclose", "aio"}


def transform(source: str, name: str) -> str:
    """The synchronous text of one asynchronous file, not yet formatted."""
    text = re.sub(r"^( *)\S.*# sync: (.*)$", r"\1\2", source, flags=re.MULTILINE)
    text = re.sub(r"AsyncGenerator\[(.*), None\]", r"Generator[\1, None, None]", text)
    text = re.sub(r"Awaitable\[([^\[\]]*(?:\[[^\[\]]*\])?[^\[\]]*)\]", r"\1", text)
    for old, new in NAMES.items():
        start = r"\b" if old[0].isalnum() else ""
        end = r"\b" if old[-1].isalnum() else ""
        text = re.sub(f"{start}{re.escape(old)}{end}", new, text)
    return HEADER.format(name=name) + text


def formatted(text: str) -> str:
    """The text as ruff writes it, without the imports that are no longer used."""
    ruff = [sys.executable, "-m", "ruff"]
    fix = [*ruff, "check", "--isolated", "--fix-only", "--quiet", "--line-length=110"]
    text = _piped([*fix, "--select=I,F401,F811", "--stdin-filename=sync.py", "-"], text)
    return _piped([*ruff, "format", "--isolated", "--line-length=110", "--stdin-filename=sync.py", "-"], text)


def _piped(command: list[str], text: str) -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd="/", check=False)
    if not done.stdout:
        raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


def main(arguments: list[str]) -> int:
    """Write or check every file; 1 if a check found a difference."""
    check = "--check" in arguments
    wrong = []
    wanted = {path.relative_to(SOURCE) for path in SOURCE.rglob("*.py")}
    for relative in sorted(wanted):
        text = formatted(transform((SOURCE / relative).read_text(), str(relative)))
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME and token.string in FORBIDDEN:
                raise SystemExit(f"pis_data/sync/{relative}:{token.start[0]}: {token.string!r} is left")
        target = TARGET / relative
        if target.exists() and target.read_text() == text:
            continue
        wrong.append(f"pis_data/sync/{relative}")
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    for path in sorted(TARGET.rglob("*.py")):
        if path.relative_to(TARGET) not in wanted:
            wrong.append(f"{path.relative_to(ROOT)} (has no source)")
            if not check:
                path.unlink()
    for name in wrong:
        print(f"{'differs' if check else 'written'}: {name}")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

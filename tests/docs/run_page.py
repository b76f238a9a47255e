"""Run every snippet of a page, in order, as a reader would: ``python -m tests.docs.run_page PAGE``.

The working folder is the reader's. Blocks of ``python`` share one namespace; the lines behind ``$`` of a
``console`` block, and those that go on behind ``>``, run with ``bash -eu``; other blocks (``text`` …) are for
reading. A command of ``make`` is only checked to exist: this runs inside one of them.
"""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

FENCE = re.compile(r"^( *)```(\w+)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
ROOT = Path(__file__).parents[2]


def snippets(page: Path) -> list[tuple[int, str, str]]:
    """Line, language and text of each block that is to be executed."""
    text = page.read_text()
    found = []
    for match in FENCE.finditer(text):
        indent, language, block = match.groups()
        if language in ("python", "console"):
            line = text.count("\n", 0, match.start(3)) + 1
            block = re.sub(f"^{indent}", "", block, flags=re.MULTILINE)
            if language == "console":
                block = "\n".join(line[2:] for line in block.splitlines() if line.startswith(("$ ", "> ")))
            found.append((line, language, block))
    return found


def run(page: Path) -> None:
    """Run the page's snippets; the first that fails ends it with its own error."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for line, language, block in snippets(page):
        if language == "console":
            shell(page, line, block)
            continue
        # numbered as in the page, so that a traceback points there; `await` may stand at the top level
        code = compile("\n" * (line - 1) + block, str(page), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        done = eval(code, namespace)
        if inspect.iscoroutine(done):
            loop.run_until_complete(done)


def shell(page: Path, line: int, block: str) -> None:
    """Run a block of shell commands; fail with what it printed."""
    block = re.sub(r"^make (\S+).*$", rf"make -n -C {ROOT} \1 > /dev/null", block, flags=re.MULTILINE)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block], capture_output=True, text=True, check=False
    )
    sys.stdout.write(done.stdout)
    if done.returncode:
        raise SystemExit(f"{page}:{line}: exit {done.returncode}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    run(Path(sys.argv[1]))
    loop.close()

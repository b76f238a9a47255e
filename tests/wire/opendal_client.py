"""What opendal does with a store: in a process of its own, since its HTTP client reads the proxy only once.

python -m tests.wire.opendal_client cos '{"bucket": …}'
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from . import ROOT, WireServer

KEYS = ["plain.jpg", "with space+plus%.jpg", "照片/婚礼 张三&李四#?.jpg", "😀", "a/b/c"]
MIB = 1024 * 1024


def run_opendal(server: WireServer, scheme: str, **options: str) -> None:
    """Run `main` with the server as its proxy, so that the vendor's own host names lead to it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.wire.opendal_client", scheme, json.dumps(options)],
        cwd=ROOT,
        env={**os.environ, "http_proxy": server.url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def main(scheme: str, options: dict[str, str]) -> None:
    """Write, read, list, copy, delete, write in parts; a wrong secret is refused."""
    import opendal
    from opendal import exceptions

    operator: Any = opendal.Operator(scheme, **options)
    for key in KEYS:
        operator.write(key, b"0123456789", content_type="image/x-odd", user_metadata={"a": "1"})
        assert operator.read(key) == b"0123456789"
        found = operator.stat(key)
        assert (found.content_length, found.content_type) == (10, "image/x-odd")
    assert {entry.path for entry in operator.list("", recursive=True)} == {*KEYS}
    operator.copy(KEYS[2], "copy")
    assert operator.read("copy") == b"0123456789"
    try:
        operator.write("copy", b"x", if_not_exists=True)
    except exceptions.ConditionNotMatch:
        pass
    else:
        raise AssertionError("an object was replaced")
    operator.delete("copy")
    try:
        operator.read("copy")
    except exceptions.NotFound:
        pass
    else:
        raise AssertionError("a deleted object was read")
    with operator.open("big", "wb", chunk=5 * MIB) as file:
        for letter in (b"a", b"b", b"c"):
            file.write(letter * 4 * MIB)
    assert operator.read("big") == b"a" * 4 * MIB + b"b" * 4 * MIB + b"c" * 4 * MIB
    secret = {"oss": "access_key_secret", "cos": "secret_key", "s3": "secret_access_key"}[scheme]
    wrong: Any = opendal.Operator(scheme, **{**options, secret: "another"})
    try:
        wrong.write("a", b"x")
    except exceptions.PermissionDenied:
        pass
    else:
        raise AssertionError("a wrong secret was taken")


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))

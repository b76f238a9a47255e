"""``python -m tests.wire oss|cos|s3``: serve on a free port of loopback until stdin closes; print it."""

from __future__ import annotations

import sys
import threading

from . import WireServer
from .dialects import COS, OSS
from .http import Server
from .s3 import S3
from .store import Store


def main() -> None:
    dialect = {"oss": OSS, "cos": COS, "s3": S3}[sys.argv[1]]
    keys = {
        WireServer.access_key: (WireServer.secret_key, None),
        WireServer.sts_access_key: (WireServer.sts_secret_key, WireServer.sts_token),
    }
    server = Server(dialect(Store(), keys, WireServer.region, WireServer.domain))
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    server.shutdown()


main()

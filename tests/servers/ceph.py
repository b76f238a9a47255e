"""Ceph's RADOS Gateway: a production S3 server, whole and in memory."""

from __future__ import annotations

import http.client
import signal
import sys
from pathlib import Path
from urllib.parse import quote

from . import ceph_cluster, debian
from .server import PASSWORD, USER, Server

BUCKET = "pis-test"


class Ceph(Server):
    """A monitor, a storage daemon and a gateway, kept by one process. Every start is an empty store."""

    kind = "s3"
    port = 19000
    scheme = "minio"
    admin = USER
    stop_signal = signal.SIGTERM

    def obtain(self) -> None:
        tree = debian.unpack("forky", "ceph-mon", "ceph-osd", "radosgw")
        for name in ceph_cluster.PROGRAMS:
            tree.program(f"usr/bin/{name}")
        self.root = tree.root
        self.python = tree.program(str(tree.find("usr/bin/python3.[0-9]*").relative_to(tree.root)))

    def recipe(self) -> str:
        return f"{self.root}{Path(ceph_cluster.__file__).read_text()}{self.configuration(0)}"

    def configuration(self, port: int) -> str:
        """Return ceph.conf; the ports behind ``port`` are those of the daemons among themselves."""
        libraries = self.root / "usr/lib/x86_64-linux-gnu"
        return f"""\
[global]
mon_host = [v2:127.0.0.1:{port + 1}]
mon_initial_members = a
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr1 = false
ms_bind_port_min = {port + 2}
ms_bind_port_max = {port + 9}
keyring = {self.data}/keyring
plugin_dir = {libraries}/ceph
erasure_code_dir = {libraries}/ceph/erasure-code
osd_class_dir = {libraries}/rados-classes
osd_erasure_code_plugins =
run_dir = {self.data}
admin_socket = {self.data}/$name.asok
log_file = {self.data}/$name.log
crash_dir = {self.data}
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
[mon]
mon_data = {self.data}/mon
mon_cluster_log_to_file = false
mon_data_avail_crit = 1
mon_data_avail_warn = 2
paxos_propose_interval = 0.05
paxos_min_wait = 0.01
[osd]
osd_data = {self.data}/osd
osd_objectstore = memstore
memstore_device_bytes = 4294967296
osd_heartbeat_grace = 86400
osd_mclock_skip_benchmark = true
[client]
rgw_frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw_data = {self.data}
rgw_thread_pool_size = 32
rgw_enable_usage_log = false
# what is deleted is gone in seconds, not in hours: memory is small
rgw_gc_obj_min_wait = 1
rgw_gc_processor_period = 2
rgw_gc_processor_max_time = 2
"""

    def initialise(self, data: Path) -> None:
        data.mkdir()

    def command(self) -> list[str | Path]:
        return [
            sys.executable,
            Path(ceph_cluster.__file__).resolve(),
            self.root / "run",
            self.python,
            self.config,
            self.data,
            f"{self.current_port + 1}",
            USER,
            PASSWORD,
        ]

    def ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.current_port, timeout=2)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status in {200, 403}
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def clients(self) -> dict[str, str]:
        return {}

    def variables(self) -> dict[str, str]:
        """Return where the store is; the bucket is made by whoever uses it."""
        key, secret = quote(USER), quote(PASSWORD)
        where = f"127.0.0.1:{self.current_port}/{BUCKET}"
        return {"PIS_TEST_S3_URL": f"{self.scheme}://{key}:{secret}@{where}?ssl=false"}

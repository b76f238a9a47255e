"""MariaDB 10.11 and 11.8 and Oracle's MySQL 9: servers of one family."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from . import debian, processes
from .server import ADMIN_PASSWORD, DATABASE, PASSWORD, USER, Server

# The ordinary user may do everything in databases named pis_…, make and drop them included, and nothing else.
ACCOUNTS = f"""\
CREATE USER 'admin'@'%' IDENTIFIED BY '{ADMIN_PASSWORD}';
GRANT ALL ON *.* TO 'admin'@'%' WITH GRANT OPTION;
CREATE USER '{USER}'@'%' IDENTIFIED BY '{PASSWORD}';
GRANT ALL ON `pis\\_%`.* TO '{USER}'@'%';
CREATE DATABASE {DATABASE};
"""


class _MySQLFamily(Server):
    admin = "admin"
    base: Path  # the folder that the programs take for /usr
    share: Path  # messages, character sets, scripts
    daemon: Path
    client: Path

    def start(self) -> bool:
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        return super().start()

    def recipe(self) -> str:
        return self.version + self.configuration(0) + ACCOUNTS

    def configuration(self, port: int) -> str:
        run_as = "user=root\n" if os.getuid() == 0 else ""
        return f"""\
[mysqld]
{run_as}basedir={self.base}
lc_messages_dir={self.share}
character_sets_dir={self.share}/charsets
plugin_dir={self.base}/lib/mysql/plugin
datadir={self.data}
# of its own: a server that starts deletes every #sql… file there, another's temporary tables too
tmpdir={self.folder}/tmp
socket={self.folder}/socket
pid_file={self.folder}/server.pid
bind_address=127.0.0.1
port={port}
skip_name_resolve
max_connections=300
max_allowed_packet=64M
innodb_buffer_pool_size=128M
character_set_server=utf8mb4
# far from UTC on purpose, as a server in production may be
default_time_zone=+08:00
# as in production: a binary log, and an ordinary user who may all the same create triggers
server_id=1
log_bin={self.folder}/binlog
log_bin_trust_function_creators=ON
binlog_expire_logs_seconds=3600
max_binlog_size=64M
# a test server: nothing need survive a power cut
sync_binlog=0
innodb_flush_log_at_trx_commit=0
innodb_doublewrite=OFF
innodb_flush_method=nosync
"""

    def command(self) -> list[str | Path]:
        return [self.daemon, f"--defaults-file={self.config}"]

    def ready(self) -> bool:
        return processes.greets(self.current_port)

    def clients(self) -> dict[str, str]:
        return {f"PIS_TEST_{self.kind.upper()}_CLIENT": str(self.client)}

    @property
    def version(self) -> str:
        return subprocess.check_output([self.daemon, "--no-defaults", "--version"], text=True)


class MariaDB(_MySQLFamily):
    """The machine's own MariaDB if it is 10.11, else Debian's packages."""

    kind = "mariadb"
    port = 13306
    scheme = "mariadb"
    series = "10.11."
    suite = "bookworm"
    folder_of_share = "mysql"  # and how its scripts' names begin

    def obtain(self) -> None:
        daemon, client = shutil.which("mariadbd", path="/usr/sbin"), shutil.which("mariadb", path="/usr/bin")
        if (
            daemon
            and client
            and f" {self.series}" in subprocess.check_output([daemon, "--version"], text=True)
        ):
            self.daemon, self.client, self.base = Path(daemon), Path(client), Path("/usr")
        else:
            tree = debian.unpack(self.suite, "mariadb-server-core", "mariadb-client-core")
            self.daemon, self.client = tree.program("usr/sbin/mariadbd"), tree.program("usr/bin/mariadb")
            self.base = tree.root / "usr"
        self.share = self.base / "share" / self.folder_of_share

    def initialise(self, data: Path) -> None:
        # What mariadb-install-db does, which would need the package's maintainer scripts.
        (data / "mysql").mkdir(parents=True, mode=0o700)
        scripts = ("system_tables", "performance_tables", "system_tables_data", "sys_schema")
        system = [(self.share / f"{self.folder_of_share}_{name}.sql").read_text() for name in scripts]
        statements = "\n".join(
            [
                "USE mysql;",
                "SET @auth_root_socket=NULL;",
                *system,
                "USE mysql;",
                "FLUSH PRIVILEGES;",
                ACCOUNTS,
            ]
        )
        processes.run([*self.command(), "--bootstrap"], log=self.log, text=statements)


class MariaDB11(MariaDB):
    """The newer long-term series, of Debian stable."""

    kind = "mariadb11"
    port = 13308
    series = "11.8."
    suite = "trixie"
    folder_of_share = "mariadb"


class MySQL(_MySQLFamily):
    """Oracle's MySQL, which Debian has in sid alone. A day may come on which it cannot be installed."""

    kind = "mysql"
    port = 13307
    scheme = "mysql"

    def obtain(self) -> None:
        tree = debian.unpack("sid", "mysql-server-core", "mysql-client-core")
        self.daemon, self.client = tree.program("usr/sbin/mysqld"), tree.program("usr/bin/mysql")
        self.base = tree.root / "usr"
        self.share = self.base / "share" / "mysql"

    def configuration(self, port: int) -> str:
        return super().configuration(port) + (
            "mysqlx=OFF\nperformance_schema=OFF\nsecure_file_priv=NULL\ninnodb_redo_log_capacity=128M\n"
        )

    def initialise(self, data: Path) -> None:
        accounts = self.folder / "accounts.sql"
        accounts.write_text(ACCOUNTS)
        processes.run([*self.command(), "--initialize-insecure", f"--init-file={accounts}"], log=self.log)

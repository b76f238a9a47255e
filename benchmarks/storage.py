"""Object storage, next to the clients that others wrote: objects per second and the client's own CPU.

    make servers && python -m benchmarks.storage [--rounds 3] [--only 'put 16 KiB'] [--clients ours,boto3]

All clients store and fetch the same bytes on the same server (Ceph's gateway, which no Python holds up), in
turn, many times over; what is printed are medians over the rounds, as multiples of boto3 and of obstore. The
CPU is that of this process alone, so it does not depend on what else the machine does. Small objects are sent
and fetched by the plain call, large ones by the call that each client's own documentation recommends; every
way ends with `bytes` in hand.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pis_data.config import StorageConfig
from tests.storage.s3_server import new_bucket, server

KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True)
class Shape:
    """How many objects of which size are moved in one round, and how many at once."""

    does: str
    name: str
    size: int
    objects: int
    at_once: int

    def __str__(self) -> str:
        return f"{self.does} {self.name}, {self.at_once} at once"


SHAPES = [
    Shape(does, name, size, objects, at_once)
    for name, size, objects in (("16 KiB", 16 * KIB, 200), ("64 MiB", 64 * MIB, 4))
    for at_once in (1, 16)
    for does in ("put", "get")
]


class Boto3:
    """boto3 with its defaults, apart from a pool that holds the benchmark's threads."""

    def __init__(self, config: StorageConfig) -> None:
        import boto3
        from botocore.config import Config

        self.bucket = config.bucket
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=config.endpoint_url,
            aws_access_key_id=_plain(config.access_key),
            aws_secret_access_key=_plain(config.secret_key),
            region_name="us-east-1",
            config=Config(max_pool_connections=64),
        )

    def put(self, key: str, data: bytes) -> None:
        if len(data) > MIB:
            self.client.upload_fileobj(io.BytesIO(data), self.bucket, key)
        else:
            self.client.put_object(Bucket=self.bucket, Key=key, Body=data)

    def get(self, key: str, size: int) -> bytes:
        if size <= MIB:
            data: bytes = self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            return data
        file = io.BytesIO()
        self.client.download_fileobj(self.bucket, key, file)
        return file.getvalue()


class MinioPy:
    """minio-py, which signs and sends by itself, through urllib3."""

    def __init__(self, config: StorageConfig) -> None:
        import urllib3
        from minio import Minio

        self.bucket = config.bucket
        self.client = Minio(
            f"{config.endpoint}:{config.port}",
            access_key=_plain(config.access_key),
            secret_key=_plain(config.secret_key),
            region="us-east-1",
            secure=False,
            http_client=urllib3.PoolManager(maxsize=64, retries=False),
        )

    def put(self, key: str, data: bytes) -> None:
        self.client.put_object(self.bucket, key, io.BytesIO(data), len(data))

    def get(self, key: str, size: int) -> bytes:
        answer = self.client.get_object(self.bucket, key)
        try:
            return bytes(answer.read())
        finally:
            answer.close()
            answer.release_conn()


class Obstore:
    """obstore, used raw."""

    def __init__(self, config: StorageConfig) -> None:
        import obstore
        from obstore.store import S3Store

        self.module = obstore
        self.store = S3Store(
            config.bucket,
            endpoint=str(config.endpoint_url),
            access_key_id=_plain(config.access_key),
            secret_access_key=_plain(config.secret_key),
            region="us-east-1",
            virtual_hosted_style_request=False,
            client_options={"allow_http": True, "timeout": timedelta(minutes=10)},
        )

    def put(self, key: str, data: bytes) -> None:
        self.module.put(self.store, key, data)

    def get(self, key: str, size: int) -> bytes:
        return bytes(self.module.get(self.store, key).bytes())


class Ours:
    """`pis_data`: what `create_storage_adapter` gives."""

    fast = False

    def __init__(self, config: StorageConfig) -> None:
        from pis_data.storage import create_storage_adapter

        self.storage = create_storage_adapter(config.model_copy(update={"fast": self.fast}))

    def put(self, key: str, data: bytes) -> None:
        self.storage.upload(key, data)

    def get(self, key: str, size: int) -> bytes:
        return self.storage.download(key)


class OursFast(Ours):
    fast = True


CLIENTS: dict[str, Callable[[StorageConfig], Any]] = {
    "boto3": Boto3,
    "minio-py": MinioPy,
    "obstore": Obstore,
    "ours": Ours,
    "ours, fast": OursFast,
}


def _plain(secret: Any) -> str:
    return str(secret.get_secret_value())


def once(client: Any, shape: Shape, pool: ThreadPoolExecutor, data: bytes) -> tuple[float, float]:
    """Seconds and CPU seconds for each object, of one round; every answer is looked at."""
    keys = [f"{shape.name}/{number}" for number in range(shape.objects)]

    def call(key: str) -> None:
        if shape.does == "put":
            client.put(key, data)
        elif client.get(key, shape.size) != data:
            raise RuntimeError(f"{type(client).__name__} brought other bytes for {key}")

    cpu, began = time.process_time(), time.perf_counter()
    if shape.at_once == 1:
        for key in keys:
            call(key)
    else:
        list(pool.map(call, keys))
    return (time.perf_counter() - began) / len(keys), (time.process_time() - cpu) / len(keys)


def measure(clients: dict[str, Any], shape: Shape, rounds: int) -> dict[str, tuple[float, float]]:
    """The medians of all clients, in turn, their order another in every round."""
    data = os.urandom(min(shape.size, MIB)) * max(1, shape.size // MIB)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in clients}
    gc.collect()
    with ThreadPoolExecutor(shape.at_once) as pool:
        for client in clients.values():  # what is made once is made before: connections above all
            small = Shape(shape.does, shape.name, shape.size, min(shape.objects, 32), shape.at_once)
            if shape.size <= MIB:
                once(client, small, pool, data) if shape.does == "put" else client.get(f"{shape.name}/0", 1)
        for turn in range(rounds):
            names = list(clients)
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                if shape.does == "get" and turn == 0 and name == names[0]:
                    Shape_put = Shape("put", shape.name, shape.size, shape.objects, shape.at_once)
                    once(clients[name], Shape_put, pool, data)
                found[name].append(once(clients[name], shape, pool, data))
    return {
        name: (statistics.median(s for s, _ in times), statistics.median(c for _, c in times))
        for name, times in found.items()
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="shapes whose name holds this")
    parser.add_argument("--clients", default=",".join(CLIENTS).replace("ours, fast", "fast"))
    options = parser.parse_args()
    wanted = [{"fast": "ours, fast"}.get(name, name) for name in options.clients.split(",")]
    with new_bucket() as bucket:
        config = server(bucket=bucket.bucket)
        clients = {name: CLIENTS[name](config) for name in wanted}
        print(f"{'':24}{'':12}" + "".join(f"{name:>12}" for name in clients))
        for shape in SHAPES:
            if options.only in str(shape):
                report(shape, measure(clients, shape, options.rounds))


def report(shape: Shape, found: dict[str, tuple[float, float]]) -> None:
    """Four lines: objects a second, as multiples of boto3's and of obstore's, and CPU milliseconds."""

    def line(title: str, what: str, cells: list[str]) -> None:
        print(f"{title:24}{what:12}" + "".join(f"{cell:>12}" for cell in cells), flush=True)

    line(str(shape), "a second", [f"{1 / seconds:,.1f}" for seconds, _ in found.values()])
    for base in ("boto3", "obstore"):
        if base in found:
            line("", f"x {base}", [f"{found[base][0] / seconds:.2f}" for seconds, _ in found.values()])
    line("", "CPU ms", [f"{cpu * 1000:.3f}" for _, cpu in found.values()])


if __name__ == "__main__":
    main()

"""``pis-data storage``: one object at a time, and the server of local storage's URLs."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .common import PROBLEM, JsonOption, print_json, say, storage_config

if TYPE_CHECKING:
    from pis_data.config import StorageConfig
    from pis_data.storage import ObjectInfo, StorageAdapter

app = typer.Typer(no_args_is_help=True, help="Look at objects, bring and fetch them one at a time.")

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="STORE",
        help="Another store than the configured one: a URL, or env:OLD_ for the variables OLD_STORAGE_….",
    ),
]
Key = Annotated[str, typer.Argument(metavar="KEY", help="The object's key.", show_default=False)]


@app.command("ls")
def list_objects(
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", help="What keys begin with.")] = "",
    start_after: Annotated[str | None, typer.Option(metavar="KEY", help="Go on behind this key.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Show at most N objects.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """List objects, in the order of their keys: size in bytes, time of writing (UTC), key.

    Example: pis-data storage ls raw/ --limit 20
    """
    with _opened(store) as storage:
        found = storage.list(prefix, start_after)
        shown = found if limit is None else islice(found, limit)
        if as_json:
            print_json({"objects": [_listed(info) for info in shown], "more": next(found, None) is not None})
            return
        for info in shown:
            typer.echo(f"{info.size:>12}  {info.last_modified:%Y-%m-%d %H:%M:%S}  {info.key}")
        if next(found, None) is not None:
            say(f"There are more; --start-after {info.key!r} goes on.")


@app.command()
def stat(key: Key, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Show all that the store knows of an object.

    Example: pis-data storage stat raw/album/photo.jpg --json
    """
    with _opened(store) as storage:
        _report(storage.stat(key), as_json)


@app.command()
def get(
    key: Key,
    path: Annotated[
        str, typer.Argument(metavar="FILE", help="Where to: a file, a folder, or - for standard output.")
    ] = ".",
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Download an object to a file, which appears whole or not at all.

    Example: pis-data storage get raw/album/photo.jpg

    Example: pis-data storage get packages/album.zip - | bsdtar -tf -
    """
    if path == "-" and as_json:
        raise typer.BadParameter("--json and - both take standard output")
    with _opened(store) as storage:
        if path == "-":
            _to_stdout(storage, key)
            return
        target = Path(path) / key.rpartition("/")[2] if Path(path).is_dir() else Path(path)
        with _bytes_bar(key, lambda: storage.stat(key).size) as advance:
            info = storage.download_to(key, target, progress=advance)
        if as_json:
            print_json({**_described(info), "path": str(target)})
        else:
            say(f"{target}: {info.size} bytes")


@app.command()
def put(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="Its key; behind a key ending in / its name is put.")
    ],
    content_type: Annotated[
        str | None, typer.Option(metavar="TYPE", help="Otherwise the key's extension tells it.")
    ] = None,
    metadata: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Kept with the object; may be repeated.")
    ] = None,
    no_replace: Annotated[
        bool, typer.Option("--no-replace", help="Fail if there is an object under this key already.")
    ] = False,
    create: Annotated[bool, typer.Option("--create", help="Create the store if it is missing.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Upload a file, in place of any object under this key.

    Example: pis-data storage put photo.jpg raw/album/
    """
    if key.endswith("/") and file != "-":
        key += Path(file).name
    with _opened(store, create=create) as storage:
        with _bytes_bar(key, lambda: Path(file).stat().st_size) as advance:
            data = sys.stdin.buffer if file == "-" else Path(file)
            info = storage.upload(key, data, content_type, _pairs(metadata), no_replace, progress=advance)
        _report(info, as_json)


@app.command()
def rm(
    keys: Annotated[list[str], typer.Argument(metavar="KEY", help="The objects' keys.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete objects. One that is not there is no error.

    Exits with 1 if the store would not delete one.

    Example: pis-data storage rm raw/album/photo.jpg
    """
    with _opened(store) as storage:
        failed = storage.delete_many(keys)
    for key, reason in failed:
        say(f"{key}: {reason}")
    if as_json:
        print_json({"ok": not failed, "failed": [{"key": key, "reason": reason} for key, reason in failed]})
    if failed:
        raise typer.Exit(PROBLEM)


@app.command()
def url(
    key: Key,
    upload: Annotated[
        bool, typer.Option("--put", help="A URL to upload to, instead of one to read.")
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help="The unsigned URL behind STORAGE_PUBLIC_URL.")
    ] = False,
    expires: Annotated[
        int, typer.Option(min=1, max=604800, metavar="SECONDS", help="How long it is good for.")
    ] = 3600,
    content_type: Annotated[
        str | None, typer.Option(metavar="TYPE", help="With --put: the one Content-Type to send.")
    ] = None,
    download_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The file name that a browser saves under.")
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a URL by which anyone can read an object, or upload it.

    Example: pis-data storage url raw/album/photo.jpg --expires 600 --download-name "Our wedding.jpg"
    """
    if upload + public > 1 or (content_type and not upload) or (download_name and (upload or public)):
        raise typer.BadParameter(
            "--put takes --content-type, a URL to read takes --download-name, --public neither"
        )
    with _opened(store) as storage:
        if public:
            made = storage.public_url(key)
        elif upload:
            made = storage.get_presigned_put_url(key, expires, content_type)
        else:
            made = storage.get_presigned_get_url(key, expires, download_name)
    if as_json:
        method = "PUT" if upload else "GET"
        print_json({"key": key, "method": method, "url": made, "expires": None if public else expires})
    else:
        typer.echo(made)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8333,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A site whose pages may use the URLs (CORS); may be repeated."),
    ] = None,
    public: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PREFIX", help="Keys that anyone may read without a signature; may be repeated."
        ),
    ] = None,
    create: Annotated[bool, typer.Option("--create", help="Create the folder if it is missing.")] = False,
    store: StoreOption = None,
) -> None:
    """Serve local storage's presigned URLs, until it is stopped.

    STORAGE_PUBLIC_URL says where clients reach it; a proxy in front passes paths on unchanged.

    Example: STORAGE_PUBLIC_URL=https://photos.example pis-data storage serve --public processed/
    """
    for origin in allow_origin or ():
        if origin != "*" and not re.fullmatch(r"https?://[^/]+", origin):
            raise typer.BadParameter(f"--allow-origin {origin!r} is not scheme://host[:port], nor *")

    from pis_data.errors import CapabilityError, MissingDependencyError
    from pis_data.storage.local import LocalStorage

    config = _config(store)
    if str(config.kind) != "local":
        raise CapabilityError(f"{config.kind} serves its URLs itself: only local storage needs this command")
    try:
        import uvicorn

        from pis_data.storage.server import create_app
    except ImportError as error:
        raise MissingDependencyError(
            f"serving needs the extra: pip install 'pis-data[serve]' ({error})"
        ) from error
    storage = LocalStorage.from_config(config)
    _create_if(create, config, storage)
    storage.health()
    served = create_app(storage, allow_origins=allow_origin or (), public_prefixes=public or ())
    sockets = _listening(host, port)
    say(f"Serving {storage.path} at http://{host}:{port}, for URLs that begin with {storage.signer.base_url}")
    # The access log would hold signatures, which are as good as passwords until they expire.
    settings = uvicorn.Config(
        served, access_log=False, server_header=False, log_level="warning", lifespan="off"
    )
    with suppress(KeyboardInterrupt):  # which is how it is stopped
        uvicorn.Server(settings).run(sockets)


def _listening(host: str, port: int) -> list[socket.socket]:
    """A socket for each address of the host: uvicorn's own way ends in words and an exit code of its own."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return [socket.create_server(address[:2], family=family) for family, _, _, _, address in found]
    except OSError as error:
        reason, _, _ = str(error.strerror or error).partition(" (while ")
        raise OSError(error.errno, reason, f"can't listen on {host}:{port}") from None


# -- helpers ---------------------------------------------------------------------------------------------


def _config(store: str | None) -> StorageConfig:
    from pis_data.config import resolve_storage

    return storage_config() if store is None else resolve_storage(store)


@contextmanager
def _opened(store: str | None, *, create: bool = False) -> Iterator[StorageAdapter]:
    from pis_data.storage import create_storage_adapter

    config = _config(store)
    with create_storage_adapter(config) as storage:
        _create_if(create, config, storage)
        yield storage


def _create_if(wanted: bool, config: StorageConfig, storage: StorageAdapter) -> None:
    from pis_data.config import StorageConfig

    # The folder that is used when nothing is configured can't be an unmounted volume.
    if wanted or config == StorageConfig.default_for_command():
        storage.ensure_bucket()


def _listed(info: ObjectInfo) -> dict[str, Any]:
    return {
        "key": info.key,
        "size": info.size,
        "etag": info.etag,
        "last_modified": info.last_modified.isoformat(),
    }


def _described(info: ObjectInfo) -> dict[str, Any]:
    return {
        **_listed(info),
        "content_type": info.content_type,
        "metadata": dict(info.metadata),
        "version_id": info.version_id,
    }


def _report(info: ObjectInfo, as_json: bool) -> None:
    described = _described(info)
    if as_json:
        print_json(described)
        return
    for name, value in described.items():
        if name == "metadata":
            for item, text in value.items():
                typer.echo(f"{'metadata':>13}: {item}={text}")
        elif value is not None:
            typer.echo(f"{name.replace('_', ' '):>13}: {value}")


def _pairs(given: list[str] | None) -> dict[str, str]:
    pairs = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"--metadata {text!r} is not NAME=VALUE")
        pairs[name] = value
    return pairs


def _to_stdout(storage: StorageAdapter, key: str) -> None:
    import shutil

    with storage.open(key) as source:
        shutil.copyfileobj(source, sys.stdout.buffer, 1024 * 1024)
    sys.stdout.buffer.flush()


@contextmanager
def _bytes_bar(what: str, size: Callable[[], int]) -> Iterator[Callable[[int], object] | None]:
    """Show a bar on a terminal; ``size`` is asked only there."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(compact=True))
    try:
        total: int | None = size()
    except OSError:  # standard input; or no such file, which the upload says better
        total = None
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)

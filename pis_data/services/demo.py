"""The main job from end to end, on embedded SQLite and a local folder: what a newcomer runs first."""

from __future__ import annotations

import hashlib
import shutil
import socket
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..config import DatabaseConfig, StorageConfig
from ..errors import ConfigurationError, IntegrityError, MissingDependencyError
from .demo_photos import make_photos
from .importer import ImportReport, import_folder

if TYPE_CHECKING:
    from ..repositories import Photo
    from ..storage.local import LocalStorage
    from ..sync import DatabaseAdapter

ALBUM = "demo"
PAGE = 5
_SECONDS_TO_START = 10.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the demo, when it is done."""

    name: str
    detail: str
    seconds: float


@dataclass(frozen=True, slots=True)
class DemoResult:
    """All steps, and how to look at what they left."""

    steps: tuple[Step, ...]
    seconds: float
    folder: str | None
    look_with: str

    def as_json(self) -> dict[str, Any]:
        """The result as ``pis-data demo --json`` shows it."""
        return {"ok": True, **asdict(self)}


def run(keep: Path | None = None, *, on_step: Callable[[Step], None] | None = None) -> DemoResult:
    """Make photographs, migrate, import, list, presign, download, verify; each step is told to ``on_step``.

    Everything is made in the folder ``keep`` and left there; without one, in a temporary folder that goes.

    Raises:
        ConfigurationError: ``keep`` is there already and not empty.
        MissingDependencyError: an extra (``photos``, ``serve``) is not installed.
        IntegrityError: what came back is not what was put in.
    """
    _check_extras()
    with _folder(keep) as folder:
        demo = _Demo(folder, on_step or (lambda step: None))
        demo.run()
        seconds = sum(step.seconds for step in demo.steps)
        look_with = (
            f"DATABASE_URL='{demo.database_config}' STORAGE_TYPE=local STORAGE_PATH='{folder}/storage' "
            "pis-data doctor"
        )
        return DemoResult(tuple(demo.steps), round(seconds, 3), str(keep) if keep else None, look_with)


def _check_extras() -> None:
    """Before anything is made: what was begun and left would be in the way of the next attempt."""
    for module in ("PIL", "uvicorn", "starlette"):
        try:
            import_module(module)
        except ImportError:
            raise MissingDependencyError(
                f"the demo makes photos and serves signed URLs, and {module!r} is not installed: "
                "pip install 'pis-data[photos,serve]'"
            ) from None


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        folder = Path(tempfile.mkdtemp(prefix="pis-demo-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise ConfigurationError(f"--keep {keep}: there is something already; expected a new or empty folder")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep.absolute()


@dataclass(slots=True)
class _Demo:
    folder: Path
    tell: Callable[[Step], None]
    steps: list[Step] = field(default_factory=list)

    @property
    def database_config(self) -> DatabaseConfig:
        return DatabaseConfig(kind="sqlite", path=self.folder / "pis.db")

    def run(self) -> None:
        """All steps, in order."""
        from ..sync import create_database_adapter

        photos = self.folder / "photos"
        with self._step("photographs") as say:
            made = make_photos(photos)
            say(f"{len(made)} made in {photos}, {_megabytes(made)} MB")
        with self._step("migrate") as say:
            say(self._migrate())
        with create_database_adapter(self.database_config) as db, _served(self.folder / "storage") as storage:
            with self._step("import") as say:
                report = import_folder(db, storage, photos, album=ALBUM, title="A day in the mountains")
                say(_in_words(report))
            with self._step("import again") as say:
                say(_in_words(import_folder(db, storage, photos, album=ALBUM)))
            with self._step("list a page") as say:
                page = self._page(db, report)
                say(", ".join(photo.filename for photo in page))
            with self._step("presign, download") as say:
                downloaded = [self._download(storage, photo.original_key) for photo in page]
                say(f"{len(downloaded)} originals, {sum(map(len, downloaded)) / 1e6:.1f} MB, by signed URLs")
            with self._step("verify") as say:
                say(self._verify(storage, page, downloaded, photos))

    @contextmanager
    def _step(self, name: str) -> Iterator[Callable[[str], None]]:
        details: list[str] = []
        started = time.monotonic()
        yield details.append
        step = Step(name, "; ".join(details), round(time.monotonic() - started, 3))
        self.steps.append(step)
        self.tell(step)

    def _migrate(self) -> str:
        from . import migrate

        migrate.upgrade(self.database_config)
        return f"{self.database_config.path} is at revision {migrate.current(self.database_config)}"

    def _page(self, db: DatabaseAdapter, report: ImportReport) -> Sequence[Photo]:
        from ..repositories import Repositories

        photos = Repositories(db).photos
        first = photos.page(report.album_id, limit=PAGE)
        second = photos.page(report.album_id, limit=PAGE, after=first.next)
        if {photo.id for photo in first.items} & {photo.id for photo in second.items}:
            raise IntegrityError("the second page repeats a photo of the first")
        return first.items

    def _download(self, storage: LocalStorage, key: str) -> bytes:
        with urllib.request.urlopen(storage.get_presigned_get_url(key, expires=60), timeout=30) as answer:
            content: bytes = answer.read()
            return content

    def _verify(
        self, storage: LocalStorage, page: Sequence[Photo], downloaded: list[bytes], photos: Path
    ) -> str:
        for photo, content in zip(page, downloaded, strict=True):
            source = (photos / photo.filename).read_bytes()
            if content != source or hashlib.sha256(content).hexdigest() != photo.hash:
                raise IntegrityError(f"{photo.filename} came back changed")
        forged = storage.get_presigned_get_url(page[0].original_key, expires=60)
        try:
            self._fetch_forged(forged.replace(str(page[0].id), str(page[1].id)))
        except urllib.error.HTTPError as error:
            error.close()
            return f"every byte is as it was; a forged URL is refused ({error.code})"
        raise IntegrityError("a forged URL was served")

    def _fetch_forged(self, url: str) -> None:
        urllib.request.urlopen(url, timeout=30).close()


def _megabytes(paths: list[Path]) -> str:
    return f"{sum(path.stat().st_size for path in paths) / 1e6:.1f}"


def _in_words(report: ImportReport) -> str:
    return (
        f"{report.imported} imported, {report.duplicates} already there, {len(report.skipped)} skipped, "
        f"of {report.found} files"
    )


@contextmanager
def _served(folder: Path) -> Iterator[LocalStorage]:
    """Local storage whose signed URLs are served on this machine while the block runs."""
    import uvicorn

    from ..storage.local import LocalStorage
    from ..storage.server import create_app

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = StorageConfig(kind="local", path=folder, public_url=address)
        with LocalStorage.from_config(config) as storage:
            server = uvicorn.Server(uvicorn.Config(create_app(storage), log_level="warning"))
            thread = threading.Thread(target=server.run, args=([listening],), name="demo-server", daemon=True)
            thread.start()
            try:
                _wait_for(lambda: server.started)
                yield storage
            finally:
                server.should_exit = True
                thread.join(_SECONDS_TO_START)


def _wait_for(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while not ready():
        if time.monotonic() > until:
            raise IntegrityError("the demo's server did not start")
        time.sleep(0.01)

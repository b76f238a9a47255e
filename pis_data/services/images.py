"""Reads a photo and makes its thumbnail and preview: pure functions from bytes to bytes.

Pillow and pillow-heif (the extra ``photos``) are imported when first used.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import InvalidValueError, MissingDependencyError
from . import blurhash
from .exif import captured_at, exif_tree

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

THUMBNAIL_WIDTH = 400
THUMBNAIL_QUALITY = 80
PREVIEW_WIDTH = 1920
PREVIEW_QUALITY = 85
MOST_PIXELS = 178_956_970
"""More is refused before a pixel is decoded: a few bytes can claim to be an image of many gigabytes."""
HIGHEST_RENDITION = 16_384
BLUR_SIZE = 32

_ORIENTATION = 0x0112
_SUBFILE_TYPE = 0x00FE
_DNG_VERSION = 0xC612
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class _Format:
    mime_type: str
    extension: str


_FORMATS = {
    "JPEG": _Format("image/jpeg", "jpg"),
    "MPO": _Format("image/jpeg", "jpg"),  # what a JPEG with further pictures turns out to be
    "PNG": _Format("image/png", "png"),
    "WEBP": _Format("image/webp", "webp"),
    "HEIF": _Format("image/heic", "heic"),
    "TIFF": _Format("image/tiff", "tiff"),
    "GIF": _Format("image/gif", "gif"),
}

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"II*\0", b"MM\0*", b"GIF8")
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_NOT_A_PHOTO = "it is not a photo (JPEG, PNG, WebP, HEIC, TIFF or GIF)"


class NotAPhotoError(InvalidValueError):
    """The file can't be imported as a photo; the message says why."""


@dataclass(frozen=True, slots=True)
class Photo:
    """What a file holds. ``width`` and ``height`` are those that a viewer sees, after EXIF rotation."""

    mime_type: str
    extension: str
    """Of the content, whatever the file is called."""
    width: int
    height: int
    exif: dict[str, Any]
    captured_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Renditions:
    """JPEGs made of a photo: upright, sRGB, on white where it was transparent, without metadata."""

    thumbnail: bytes
    preview: bytes
    blur_data: str
    """BlurHash, 4 × 4."""


def read_photo(file: BinaryIO) -> Photo:
    """Read a photo to its end, which proves that it is whole; `NotAPhotoError` says what is wrong with it."""
    with _opened(file) as image:
        photo, _ = _describe(image)
        _load(image, _fit(image.size, THUMBNAIL_WIDTH))
        return photo


def render(file: BinaryIO) -> tuple[Photo, Renditions]:
    """Read a photo and make its renditions; `NotAPhotoError` says what is wrong with it."""
    with _opened(file) as image:
        photo, orientation = _describe(image)
        width, height = _fit((photo.width, photo.height), PREVIEW_WIDTH)
        target = (height, width) if orientation in _ON_ITS_SIDE else (width, height)
        _load(image, target)
        preview = _to_srgb(_upright(_resized(image, target), orientation))
    preview.info = {}  # else Pillow writes the photo's comment and XMP, with its GPS, into the JPEG
    thumbnail = _resized(preview, _fit(preview.size, THUMBNAIL_WIDTH))
    return photo, Renditions(
        thumbnail=_jpeg(thumbnail, THUMBNAIL_QUALITY),
        preview=_jpeg(preview, PREVIEW_QUALITY),
        blur_data=_blur(thumbnail),
    )


def check_start(start: bytes) -> None:
    """Raise `NotAPhotoError` if no photo begins with these bytes (32 are enough): saves reading the rest."""
    if not start:
        raise NotAPhotoError("it is empty")
    if start[4:8] == b"ftyp":  # the container of HEIC, and of films
        known = start[8:12] in _HEIC_BRANDS
    else:
        known = start.startswith(_BEGINNINGS) and (start[:4] != b"RIFF" or start[8:12] == b"WEBP")
    if not known:
        raise NotAPhotoError(_NOT_A_PHOTO)


@cache
def _pillow() -> ModuleType:
    """Pillow's Image module, with HEIC added where pillow-heif is installed."""
    try:
        from PIL import Image
    except ImportError:
        raise MissingDependencyError(
            "photos need Pillow, which is not installed: pip install 'pis-data[photos]'"
        ) from None
    try:
        import pillow_heif
    except ImportError:
        return Image
    pillow_heif.register_heif_opener()
    return Image


def heic_supported() -> bool:
    """Whether HEIC photos can be read here."""
    return "HEIF" in _pillow().registered_extensions().values()


def _opened(file: BinaryIO) -> Image:
    pillow = _pillow()
    formats = [name for name in _FORMATS if name != "MPO" and (name != "HEIF" or heic_supported())]
    start = file.read(32)
    file.seek(0)
    check_start(start)
    try:
        image: Image = pillow.open(file, formats=formats)
    except pillow.DecompressionBombError:
        raise NotAPhotoError(f"it has more than {MOST_PIXELS // 10**6} million pixels") from None
    except Exception as error:  # a parser fed with arbitrary bytes raises arbitrary errors
        raise NotAPhotoError(_why_not(start, error)) from None
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise NotAPhotoError(f"it has more than {MOST_PIXELS // 10**6} million pixels ({width} × {height})")
    return image


def _why_not(start: bytes, error: Exception) -> str:
    if start[4:8] == b"ftyp" and not heic_supported():
        return "HEIC needs pillow-heif, which is not installed: pip install 'pis-data[photos]'"
    if type(error).__name__ == "UnidentifiedImageError":
        return _NOT_A_PHOTO
    return f"its beginning can't be read ({_words(error)})"


def _words(error: Exception) -> str:
    text = " ".join(str(error).split())[:120]
    return text if text.isprintable() and text else type(error).__name__


def _describe(image: Image) -> tuple[Photo, int]:
    """What the image's header says, and its EXIF orientation, 1 to 8."""
    kind = _FORMATS[str(image.format)]
    exif = _exif(image)
    if image.format == "TIFF" and (_DNG_VERSION in exif or exif.get(_SUBFILE_TYPE) == 1):
        raise NotAPhotoError("it is a camera's raw file; import the JPEG or HEIC beside it")
    # Pillow turns a TIFF, and libheif a HEIC, by itself; what EXIF says wrongly counts as upright.
    said = 1 if image.format in {"TIFF", "HEIF"} else exif.get(_ORIENTATION, 1)
    orientation = said if isinstance(said, int) and 1 <= said <= 8 else 1
    width, height = reversed(image.size) if orientation in _ON_ITS_SIDE else image.size
    return Photo(
        kind.mime_type, kind.extension, width, height, exif_tree(exif), captured_at(exif)
    ), orientation


def _exif(image: Image) -> Exif:
    """The image's EXIF; a damaged one must not cost the photo."""
    try:
        return image.getexif()
    except Exception:  # as in _opened: the bytes are arbitrary
        empty: Exif = _pillow().Exif()
        return empty


def _fit(size: tuple[int, int], width: int) -> tuple[int, int]:
    """The size scaled down to ``width`` across, and to a height that a JPEG can have; never scaled up."""
    scale = min(1.0, width / size[0], HIGHEST_RENDITION / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _load(image: Image, target: tuple[int, int]) -> None:
    """Decode the whole file; a JPEG at the smallest scale that still covers ``target``."""
    image.draft(image.mode, target)
    try:
        image.load()
    except Exception as error:  # as in _opened: the bytes are arbitrary
        raise NotAPhotoError(f"it is damaged or incomplete ({_words(error)})") from None


def _resized(image: Image, target: tuple[int, int]) -> Image:
    from PIL.Image import Resampling

    image = _eight_bits(image)
    if image.size == target:
        return image
    return image.resize(target, Resampling.LANCZOS, reducing_gap=2.0)


def _eight_bits(image: Image) -> Image:
    """RGB, RGBA, CMYK or L: what can be resized without losing transparency or clipping 16-bit values."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in {"P", "PA", "LA", "La", "RGBa"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        image = image.convert("RGB")
    if profile is not None:
        image.info["icc_profile"] = profile
    return image


def _upright(image: Image, orientation: int) -> Image:
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if turn is None else image.transpose(turn)


def _to_srgb(image: Image) -> Image:
    """RGB in sRGB: colours converted by the photo's profile, transparency laid on white."""
    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    if alpha is not None:
        image = image.convert("RGB")
    image = _convert_colours(image, profile) if profile else image.convert("RGB")
    if alpha is None:
        return image
    white: Image = _pillow().new("RGB", image.size, "white")
    white.paste(image, mask=alpha)
    return white


def _convert_colours(image: Image, profile: bytes) -> Image:
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _srgb_profile(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is damaged or for other colours
        return image.convert("RGB")
    return converted if converted is not None else image.convert("RGB")


@cache
def _srgb_profile() -> Any:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _jpeg(image: Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, exif=b"", icc_profile=None)
    return buffer.getvalue()


def _blur(image: Image) -> str:
    from PIL.Image import Resampling

    small = image.resize(_fit_square(image.size), Resampling.BOX)
    return blurhash.encode(small.tobytes(), *small.size)


def _fit_square(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, BLUR_SIZE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))

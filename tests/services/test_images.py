"""Photos: what is read of them, what is made of them, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import json
import struct
import subprocess
import sys
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

from pis_data.services import blurhash
from pis_data.services.exif import clean_text
from pis_data.services.images import (
    NotAPhotoError,
    Photo,
    Renditions,
    heic_supported,
    read_photo,
    render,
)

from .pictures import BLUE, GREEN, RED, WHITE, corners, encode, exif, photo


def rendered(data: bytes) -> tuple[Photo, Renditions]:
    return render(io.BytesIO(data))


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def quarters(image: Image.Image) -> list[tuple[int, ...]]:
    """The colours of the four quarters, row by row."""
    width, height = image.size
    places = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    places += [(x, 3 * height // 4) for x, _ in places]
    return [image.convert("RGB").getpixel(place) for place in places]  # type: ignore[misc]


def close_to(found: list[tuple[int, ...]], wanted: list[tuple[int, ...]], by: int = 12) -> bool:
    return all(
        abs(a - b) <= by
        for one, two in zip(found, wanted, strict=True)
        for a, b in zip(one, two, strict=True)
    )


pytestmark = pytest.mark.filterwarnings(
    "ignore::UserWarning", "ignore::RuntimeWarning"
)  # Pillow's, on damage

UPRIGHT = [RED, GREEN, BLUE, WHITE]


# -- formats -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "mime_type", "extension"),
    [
        ("JPEG", "image/jpeg", "jpg"),
        ("MPO", "image/jpeg", "jpg"),
        ("PNG", "image/png", "png"),
        ("WEBP", "image/webp", "webp"),
        ("TIFF", "image/tiff", "tiff"),
        ("GIF", "image/gif", "gif"),
        ("HEIF", "image/heic", "heic"),
    ],
)
def test_every_format_is_read_and_rendered(kind: str, mime_type: str, extension: str) -> None:
    data = encode(corners(640, 400), kind)
    found, made = rendered(data)
    assert (found.mime_type, found.extension, found.width, found.height) == (mime_type, extension, 640, 400)
    assert read_photo(io.BytesIO(data)) == found
    for jpeg, size in ((made.preview, (640, 400)), (made.thumbnail, (400, 250))):
        assert opened(jpeg).format == "JPEG"
        assert opened(jpeg).size == size
        assert close_to(quarters(opened(jpeg)), UPRIGHT, by=25)


def test_heic_is_supported_here() -> None:
    assert heic_supported()


def test_two_pictures_in_one_jpeg_give_the_first() -> None:
    first, second = corners(120, 80), Image.new("RGB", (120, 80), "black")
    buffer = io.BytesIO()
    first.save(buffer, "MPO", save_all=True, append_images=[second], quality=95)
    found, made = rendered(buffer.getvalue())
    assert (found.mime_type, found.width, found.height) == ("image/jpeg", 120, 80)
    assert close_to(quarters(opened(made.preview)), UPRIGHT, by=25)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr", "LAB", "I;16"])
def test_every_colour_mode_gives_an_rgb_jpeg(mode: str) -> None:
    if mode == "I;16":
        image = Image.frombytes("I;16", (2, 1), struct.pack("<2H", 0, 65535)).resize((64, 32))
    else:
        image = (
            corners(64, 32, "L").convert(mode)
            if mode == "1"
            else corners(64, 32).convert(mode)
            if mode != "LAB"
            else _lab(corners(64, 32))
        )
    data = encode(image, "TIFF" if mode in {"LAB", "YCbCr", "CMYK", "I;16"} else "PNG")
    _, made = rendered(data)
    preview = opened(made.preview)
    assert preview.mode == "RGB"
    if mode == "I;16":  # 16 bits are scaled to 8, not clipped
        assert preview.getpixel((1, 16))[0] < 10  # type: ignore[index]
        assert 100 < preview.getpixel((32, 16))[0] < 160  # type: ignore[index]


def _lab(image: Image.Image) -> Image.Image:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    converted = ImageCms.profileToProfile(image, srgb, lab, outputMode="LAB")
    assert converted is not None
    return converted


# -- size and orientation --------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_size_and_renditions_are_those_that_a_viewer_sees(kind: str, orientation: int) -> None:
    turned = corners(240, 160).transpose(BACK[orientation]) if orientation > 1 else corners(240, 160)
    found, made = rendered(encode(turned, kind, exif=exif(orientation=orientation)))
    assert (found.width, found.height) == (240, 160)
    assert opened(made.preview).size == (240, 160)
    assert close_to(quarters(opened(made.preview)), UPRIGHT, by=25)


BACK = {  # how an upright picture is laid down so that EXIF's orientation sets it up again
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", [0, 9, 255])
def test_an_orientation_that_does_not_exist_counts_as_upright(orientation: int) -> None:
    found, _ = rendered(photo(orientation=orientation))
    assert (found.width, found.height) == (60, 40)


@pytest.mark.parametrize(
    ("size", "orientation", "preview", "thumbnail"),
    [
        ((3000, 2000), 1, (1920, 1280), (400, 267)),
        ((3000, 2000), 6, (1920, 2880), (400, 600)),
        ((300, 200), 1, (300, 200), (300, 200)),
        ((4000, 3), 1, (1920, 1), (400, 1)),
        ((20, 30000), 1, (11, 16384), (11, 16384)),
    ],
)
def test_renditions_are_at_most_so_wide(
    size: tuple[int, int], orientation: int, preview: tuple[int, int], thumbnail: tuple[int, int]
) -> None:
    _, made = rendered(encode(Image.new("RGB", size, GREEN), exif=exif(orientation=orientation)))
    assert opened(made.preview).size == preview
    assert opened(made.thumbnail).size == thumbnail


def test_transparency_is_laid_on_white() -> None:
    image = corners(100, 100, "RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 50, 50))
    for picture in (image, image.convert("LA"), image.quantize()):
        _, made = rendered(encode(picture, "PNG"))
        assert quarters(opened(made.preview))[0] == pytest.approx((255, 255, 255), abs=6)


def test_colours_are_converted_by_the_profile() -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = bytearray(swapped)  # the same profile with its red and blue columns exchanged
    for i in range(12):
        start = 132 + 12 * i
        if data[start : start + 4] == b"rXYZ":
            red = start
        if data[start : start + 4] == b"bXYZ":
            blue = start
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    picture = encode(Image.new("RGB", (40, 40), RED), icc_profile=bytes(data))
    _, made = rendered(picture)
    pixel = quarters(opened(made.preview))[0]
    assert pixel[2] > 200
    assert pixel[0] < 60
    assert "icc_profile" not in opened(made.preview).info


def test_a_damaged_profile_costs_only_the_profile() -> None:
    _, made = rendered(encode(corners(), icc_profile=b"no profile at all" * 20))
    assert close_to(quarters(opened(made.preview)), UPRIGHT, by=25)


# -- metadata ----------------------------------------------------------------------------------------------


def test_renditions_carry_no_metadata() -> None:
    tags = exif(make="Secret", gps=True, taken="2024:05:06 07:08:09")
    data = encode(
        corners(), exif=tags, comment=b"secret", xmp=b"<x:xmpmeta>secret</x:xmpmeta>", dpi=(300, 300)
    )
    _, made = rendered(data)
    for jpeg in (made.preview, made.thumbnail):
        assert b"ecret" not in jpeg
        assert not opened(jpeg).getexif()
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(opened(jpeg).info)


def test_exif_is_a_tree_as_pis_writes_it() -> None:
    data = photo(
        make="Cam",
        taken="2024:05:06 07:08:09",
        x829A=1 / 125,
        x829D=2.8,
        x8827=400,
        xA434="50mm",
        xA002=60,
    )
    found, _ = rendered(data)
    assert found.exif == {
        "Image": {"Make": "Cam"},
        "Photo": {
            "DateTimeOriginal": "2024-05-06T07:08:09.000Z",
            "ExposureTime": pytest.approx(0.008),
            "FNumber": pytest.approx(2.8),
            "ISOSpeedRatings": 400,
            "LensModel": "50mm",
            "PixelXDimension": 60,
        },
    }


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        ({"make": "A\x00B\x07C\x1bD\x7f"}, {"Image": {"Make": "ABCD"}}),
        ({"make": "  \x00 "}, {}),
        ({"make": "x" * 5000}, {"Image": {"Make": "x" * 1000}}),
        ({"gps": True}, {}),
        ({"x927C": b"maker's secret"}, {}),
        ({"x9286": b"ASCII\0\0\0hello"}, {}),
    ],
)
def test_exif_is_cleaned(tags: dict[str, Any], wanted: dict[str, Any]) -> None:
    found, _ = rendered(photo(**tags))
    assert found.exif == wanted


def test_a_fraction_by_zero_is_left_out() -> None:
    data = photo(x829A=IFDRational(1, 3), make="Cam")
    for order in "<", ">":
        data = data.replace(struct.pack(f"{order}II", 1, 3), struct.pack(f"{order}II", 1, 0))
    assert rendered(data)[0].exif == {"Image": {"Make": "Cam"}}


def test_text_that_a_camera_wrote_in_utf8_is_read_as_such() -> None:
    data = photo(make="x" * len("相机é".encode()))
    data = data.replace(b"x" * len("相机é".encode()), "相机é".encode())
    assert rendered(data)[0].exif == {"Image": {"Make": "相机é"}}


@given(
    text=st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=[]), max_size=300),
    longest=st.integers(1, 50),
)
def test_cleaned_text_can_be_stored_anywhere(text: str, longest: int) -> None:
    cleaned = clean_text(text, longest)
    cleaned.encode()
    assert len(cleaned) <= longest
    assert "\0" not in cleaned
    assert cleaned == cleaned.strip()


@given(st.binary(max_size=400))
def test_no_exif_breaks_a_photo(block: bytes) -> None:
    found, _ = rendered(encode(corners(), exif=b"Exif\0\0II*\0\x08\0\0\0" + block))
    assert json.loads(json.dumps(found.exif, allow_nan=False)) == found.exif
    assert "\\u0000" not in json.dumps(found.exif)


@pytest.mark.parametrize(
    ("tags", "moment"),
    [
        ({"taken": "2024:05:06 07:08:09"}, "2024-05-06T07:08:09+00:00"),
        ({"taken": "2024:05:06 07:08:09", "offset": "+02:00"}, "2024-05-06T05:08:09+00:00"),
        ({"taken": "2024:05:06 07:08:09", "offset": "-09:30"}, "2024-05-06T16:38:09+00:00"),
        ({"taken": "2024:05:06 07:08:09", "fraction": "25"}, "2024-05-06T07:08:09.250000+00:00"),
        ({"taken": "2024:05:06 07:08:09", "offset": "here", "fraction": "x"}, "2024-05-06T07:08:09+00:00"),
        ({"taken": "0000:00:00 00:00:00"}, None),
        ({"taken": "0001:01:01 00:00:00", "offset": "+12:00"}, None),
        ({"taken": "    :  :     :  :  "}, None),
        ({"taken": "yesterday"}, None),
        ({"make": "no date"}, None),
    ],
)
def test_when_it_was_taken(tags: dict[str, Any], moment: str | None) -> None:
    found, _ = rendered(photo(**tags))
    assert found.captured_at == (None if moment is None else dt.datetime.fromisoformat(moment))


# -- what is refused -----------------------------------------------------------------------------------------


def png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def tiff_with(tag: int, value: int) -> bytes:
    tags = Image.Exif()
    tags[tag] = value
    return encode(corners(), "TIFF", tiffinfo={tag: value} if tag != 0xC612 else {tag: bytes([1, 4, 0, 0])})


WHOLE = photo(size=(300, 200))
REFUSED = {
    "nothing": (b"", "empty"),
    "text": (b"dear diary, today", "not a photo"),
    "pdf": (b"%PDF-1.7 \xff\xd8\xff", "not a photo"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photo"),
    "bmp": (encode(corners(), "BMP"), "not a photo"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "not a photo"),
    "only a beginning": (WHOLE[:12], ""),
    "half a jpeg": (WHOLE[: len(WHOLE) // 2], "damaged or incomplete"),
    "half a png": (photo("PNG", size=(300, 200))[:300], "damaged or incomplete"),
    "half a heic": (encode(corners(300, 200), "HEIF")[:600], ""),
    "half a webp": (encode(corners(300, 200), "WEBP")[:100], ""),
    "a bomb": (png_that_claims(60_000, 60_000), "million pixels"),
    "a bigger bomb": (png_that_claims(2**31 - 1, 2**31 - 1), ""),
    "a claim": (png_that_claims(9000, 9000), "damaged or incomplete"),
    "raw preview": (tiff_with(0x00FE, 1), "raw file"),
    "dng": (tiff_with(0xC612, 1), "raw file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_says_why(name: str) -> None:
    data, reason = REFUSED[name]
    for read in (read_photo, render):
        with pytest.raises(NotAPhotoError, match=reason) as caught:
            read(io.BytesIO(data))
        assert str(caught.value).isprintable()


@given(st.data())
def test_no_damage_to_a_photo_raises_anything_else(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF"]))
    damaged = bytearray(photo(kind, taken="2024:05:06 07:08:09"))
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        found, made = rendered(bytes(damaged))
    except NotAPhotoError:
        return
    assert opened(made.preview).width <= found.width


def test_a_missing_pillow_names_the_extra() -> None:
    code = (
        "import sys, io; sys.modules['PIL'] = None\n"
        "from pis_data.services.images import read_photo\n"
        "from pis_data.errors import MissingDependencyError\n"
        "try: read_photo(io.BytesIO(b'x'))\n"
        "except MissingDependencyError as error: sys.exit(0 if 'pis-data[photos]' in str(error) else 1)\n"
        "sys.exit(2)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


# -- BlurHash --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pixels", "size", "wanted"),
    [  # made with the reference implementation in Python (blurhash 1.1.5 on PyPI)
        (bytes([200, 100, 50]) * (15 * 5), (15, 5), "UbM|T9$ifQ$i}XoLfQoLfQfQfQfQ}XoLfQoL"),
        (bytes([200, 100, 50]) * (29 * 21), (29, 21), "U8M|T9^4fQ^4}XoKfQoKfQfQfQfQ}XoKfQoK"),
        (
            bytes(
                x * 8 % 256 if c == 0 else y * 7 % 256 for y in range(6) for x in range(4) for c in range(3)
            ),
            (4, 6),
            "U01fYoG[FI.8ujVsWpn4e9enfQenyDXSWpoz",
        ),
    ],
)
def test_blurhash_agrees_with_the_reference(pixels: bytes, size: tuple[int, int], wanted: str) -> None:
    assert blurhash.encode(pixels, *size) == wanted

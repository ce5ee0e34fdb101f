"""A picture in a corner of the video."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

from lipsyncer.diagnostics.errors import InputError, require_file


def read_watermark(path: Path) -> Image.Image:
    """Read a picture, upright, as RGBA.

    Raises
    ------
    InputError
        When it is no picture, or one of which nothing would be seen.
    """
    require_file(path)
    try:
        with Image.open(path) as file:
            picture = ImageOps.exif_transpose(file).convert("RGBA")
    # What broken files and bombs make the readers of many formats raise.
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise InputError(
            path, "this can't be read as a picture; choose a PNG or JPEG file."
        ) from error
    box = picture.getchannel("A").getbbox()
    if box is None:
        raise InputError(path, "this picture is fully transparent; choose another one.")
    return picture.crop(box)


def fitted(picture: Image.Image, longer: int, width: int, height: int) -> Image.Image:
    """Scale a picture so that its longer side has so many pixels, and it fits into a box."""
    scale = min(longer / max(picture.size), width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # Scaled with the colours weighted by opacity, so that what can't be seen doesn't bleed in.
    return picture.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")

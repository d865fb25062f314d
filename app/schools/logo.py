"""A school's picture for the cover of its documents: whatever is sent becomes a small, clean PNG."""

import base64
import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import BadInput, TooLarge
from app.texts import _

#: Bytes of what may be sent, and points of what is read of it: a picture can be small and unpack to gigabytes.
LONGEST = 4 * 1024 * 1024
MOST_POINTS = 40_000_000
#: What is kept: sharp at 7 × 3 cm in print.
WIDEST, HIGHEST = 840, 360
KINDS = ('PNG', 'JPEG', 'GIF', 'WEBP')


def clean_logo(sent: bytes) -> str:
    """The picture as base64 of a PNG of our own making: no comments, places or profiles of the file that was sent.

    Raises `BadInput` for what is no picture, `TooLarge` for one that is too large; the sentence says what to do.
    """
    if len(sent) > LONGEST:
        raise TooLarge(
            _('This picture is larger than {n} MB. Please save it smaller and send it again.').format(n=LONGEST >> 20),
            field='logo',
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore', Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(sent), formats=KINDS)
            if picture.width * picture.height > MOST_POINTS:
                raise TooLarge(
                    _('This picture has too many points ({width} × {height}). Please save it smaller.').format(
                        width=picture.width, height=picture.height
                    ),
                    field='logo',
                )
            shown = ImageOps.exif_transpose(picture).convert('RGBA')
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise BadInput(
            _('This file is no picture that can be read. Please choose a PNG, JPEG, GIF or WebP.'), field='logo'
        ) from error
    if shown.width < 16 or shown.height < 16:
        raise BadInput(_('This picture is too small to be printed. Please choose a larger one.'), field='logo')
    shown.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    Image.frombytes('RGBA', shown.size, shown.tobytes()).save(file, 'PNG', optimize=True)
    return base64.b64encode(file.getvalue()).decode()

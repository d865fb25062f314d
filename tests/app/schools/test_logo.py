"""A school's picture: whatever is sent becomes a small, clean PNG, or is refused in a sentence."""

import base64
import io

import pytest
from PIL import Image

from app.errors import BadInput, TooLarge
from app.schools.logo import HIGHEST, LONGEST, WIDEST, clean_logo
from tests.cases.outcomes import a_logo


def picture(size=(600, 240), kind='PNG', mode='RGB', **more):
    file = io.BytesIO()
    Image.new(mode, size, 128 if mode in ('L', 'P') else (11, 92, 98)).save(file, kind, **more)
    return file.getvalue()


def opened(png):
    return Image.open(io.BytesIO(base64.b64decode(png)))


@pytest.mark.parametrize('kind', ['PNG', 'JPEG', 'GIF', 'WEBP'])
def test_every_kind_becomes_a_png(kind):
    made = opened(clean_logo(picture(kind=kind)))
    assert (made.format, made.size, made.mode) == ('PNG', (600, 240), 'RGBA')


def test_a_large_picture_becomes_a_small_one():
    made = opened(clean_logo(picture((4000, 3000), 'JPEG')))
    assert made.width <= WIDEST
    assert made.height <= HIGHEST
    assert abs(made.width / made.height - 4 / 3) < 0.01


def test_what_else_stands_in_the_file_is_left_behind():
    exif = Image.Exif()
    exif[0x010E] = 'taken in room M4 by Ama'
    made = clean_logo(picture(kind='JPEG', exif=exif))
    assert b'M4' not in base64.b64decode(made)
    assert not opened(made).getexif()


@pytest.mark.parametrize(
    'sent',
    [b'', b'GIF89a', b'<svg xmlns="http://www.w3.org/2000/svg"/>', b'%PDF-1.7', b'\x00' * 4000, picture()[:200]],
    ids=['nothing', 'a head', 'svg', 'pdf', 'zeros', 'half of one'],
)
def test_what_is_no_picture_is_refused_in_a_sentence(sent):
    with pytest.raises(BadInput, match='no picture that can be read'):
        clean_logo(sent)


def test_too_many_bytes_and_too_many_points_are_refused():
    with pytest.raises(TooLarge, match='larger than 4 MB'):
        clean_logo(b'\x00' * (LONGEST + 1))
    bomb = picture((12_000, 12_000), mode='L')
    assert len(bomb) < LONGEST
    with pytest.raises(TooLarge, match='too many points'):
        clean_logo(bomb)
    with pytest.raises(BadInput, match='too small'):
        clean_logo(picture((4, 4)))


@pytest.mark.anyio
async def test_a_logo_stands_on_the_cover_of_the_own_schools_documents_only(services, facilitator, stranger, round_id):
    sent = base64.b64decode(a_logo())
    await services.schools.set_logo(facilitator, sent)
    kept = await services.schools.logo(facilitator)
    assert (await services.documents.outcome(facilitator, round_id)).logo == base64.b64encode(kept).decode()
    assert await services.schools.logo(stranger) == b''
    with pytest.raises(BadInput):
        await services.schools.set_logo(facilitator, b'no picture')
    assert await services.schools.logo(facilitator) == kept
    await services.schools.remove_logo(facilitator)
    assert (await services.documents.outcome(facilitator, round_id)).logo == ''


@pytest.mark.anyio
async def test_a_schools_paper_is_that_of_its_new_rounds(services, facilitator):
    change = {'name': 'Harbour View Academy', 'timezone': 'Europe/London'}
    with pytest.raises(BadInput, match='the paper that your printer has'):
        await services.schools.change_school(facilitator, **change, paper='a5')
    await services.schools.change_school(facilitator, **change, paper='letter')
    made = await services.rounds.create(facilitator, 'Autumn round', '2099-10-01')
    assert (await services.documents.outcome(facilitator, made)).paper == 'letter'
    await services.rounds.change(facilitator, made, 'paper', 'a4', seen='letter')
    assert (await services.documents.outcome(facilitator, made)).paper == 'a4'

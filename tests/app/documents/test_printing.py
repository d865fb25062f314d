"""What is printed for the day: read back from the paper, codes by a real decoder."""

import io

import pikepdf
import pytest
from pypdf import PdfReader

from app.documents.print_pack.pack import Part, part_name
from app.errors import BadInput, NotFound
from app.rounds.stages import Stage
from tests.cases.rendering import codes_on, read_text
from tests.cases.sample_round import FILE, sample_file

pytestmark = pytest.mark.anyio


@pytest.fixture
async def sample_id(services, facilitator):
    """The sample round, with its rota and codes, as a round of the facilitator's school."""
    made, _warnings = await services.exchange.import_file(facilitator.school, FILE.read_bytes())
    return made


async def test_every_slip_leads_to_its_own_lesson(services, facilitator, sample_id):
    slips = await services.printing.part(facilitator, sample_id, Part.SLIPS)
    lessons = await services.lessons.codes(facilitator, sample_id)
    read = codes_on(slips)
    assert sorted(read) == sorted(f'https://rounds.example.org/lesson#{code}' for code in lessons.values())
    lesson = await services.lessons.lesson(read[0].split('#')[1], address='10.0.0.1')
    assert lesson.classroom.room in read_text(slips).split('How to say no')[0]

    [only] = codes_on(await services.printing.part(facilitator, sample_id, Part.SLIPS, 3))
    assert (await services.lessons.lesson(only.split('#')[1], address='10.0.0.1')).classroom.number == 3


async def test_a_room_that_says_no_is_on_no_paper(services, facilitator, sample_id):
    await services.rounds.go_to(facilitator, sample_id, Stage.OPEN)
    lessons = await services.lessons.codes(facilitator, sample_id)
    plan = await services.rounds.plan(facilitator, sample_id)
    said_no = plan.classrooms[0]
    await services.lessons.say_no(lessons[said_no.id], address='10.0.0.1')
    assert len(codes_on(await services.printing.part(facilitator, sample_id, Part.SLIPS))) == len(plan.classrooms) - 1
    rota = read_text(await services.printing.part(facilitator, sample_id, Part.ROTA))
    assert said_no.room not in rota
    with pytest.raises(NotFound):
        await services.printing.part(facilitator, sample_id, Part.SLIPS, said_no.number)


async def test_each_group_finds_its_visits_in_order_and_each_visit_has_a_sheet(services, facilitator, sample_id):
    plan = await services.rounds.plan(facilitator, sample_id)
    rota = read_text(await services.printing.part(facilitator, sample_id, Part.ROTA))
    sheets = read_text(await services.printing.part(facilitator, sample_id, Part.SHEETS))
    for group in plan.groups:
        mine = sorted((visit for visit in plan.visits if visit.group == group.id), key=lambda visit: visit.start)
        page = rota.split(f'{group.name}: where to go')[1]
        places = [page.index(f'{visit.start:%H:%M} – {visit.end:%H:%M}') for visit in mine]
        assert places == sorted(places)
        for n, _visit in enumerate(mine, 1):
            assert f'Sheet {group.number}–{n}: door' in sheets
    codes = await services.sheets.codes(facilitator, sample_id)
    assert len(set(codes.values())) == len({(visit.group, visit.classroom) for visit in plan.visits})
    assert codes == await services.sheets.codes(facilitator, sample_id), 'a sheet that is printed again keeps its code'
    for code in codes.values():
        assert f'{code[:3]} {code[3:]}' in sheets


async def test_there_is_a_card_for_each_classroom_or_for_the_one_that_has_changed(services, facilitator, sample_id):
    every = PdfReader(io.BytesIO(await services.printing.part(facilitator, sample_id, Part.DOORS)))
    assert len(every.pages) == 10
    one = PdfReader(io.BytesIO(await services.printing.part(facilitator, sample_id, Part.DOORS, 7)))
    assert ['DT1' in page.extract_text() for page in one.pages] == [True]
    poster = PdfReader(io.BytesIO(await services.printing.part(facilitator, sample_id, Part.JOIN)))
    code = (await services.rounds.plan(facilitator, sample_id)).round.join_code
    assert f'{code[:3]} {code[3:]}' in poster.pages[0].extract_text()


async def test_the_pack_holds_every_part_with_its_bookmark(services, facilitator, sample_id):
    pack = await services.printing.pack(facilitator, sample_id)
    parts = [await services.printing.part(facilitator, sample_id, part) for part in Part]
    with pikepdf.open(io.BytesIO(pack)) as whole, whole.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == [part_name(part) for part in Part]
        pages = sum(len(pikepdf.open(io.BytesIO(part)).pages) for part in parts)
        assert len(whole.pages) == pages
    assert pack == await services.printing.pack(facilitator, sample_id), 'the same bytes for the same plan'


async def test_no_paper_names_a_visitor_or_a_note(services, facilitator, sample_id):
    text = read_text(await services.printing.pack(facilitator, sample_id))
    for observer in sample_file()['observers']:
        assert observer['display_name'] not in text
    assert not [note['text'] for note in sample_file()['notes'] if note['text'] in text]


async def test_only_the_rounds_own_facilitators_print_and_only_with_something_planned(
    services, facilitator, stranger, sample_id, round_id
):
    with pytest.raises(NotFound):
        await services.printing.pack(stranger, sample_id)
    with pytest.raises(NotFound):
        await services.printing.part(stranger, sample_id, Part.DOORS)
    with pytest.raises(BadInput):
        await services.printing.pack(facilitator, round_id)
    with pytest.raises(BadInput, match='nothing to print'):
        await services.printing.part(facilitator, round_id, Part.ROTA)

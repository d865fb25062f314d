"""Who may download what of a round, and that it is made outside the app's own process."""

import asyncio
import datetime as dt
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import app
from app.documents.pdf.outcome_pdf import outcome_pdf
from app.documents.print_pack.cards import join_card
from app.documents.purge import purge
from app.errors import BadInput, NotFound
from app.ids import hashed
from app.press import Press
from app.rounds.model import Link, LinkKind
from app.rounds.stages import Stage
from app.texts import language
from tests.cases.jobs import end, fail, said_language, wait
from tests.cases.rendering import read_text
from tests.cases.sample_round import sample_models

ROOT = Path(app.__file__).parent.parent
pytestmark = pytest.mark.anyio


@pytest.fixture
async def sample_id(services, facilitator, round_id):
    """A closed round of the facilitator's school with everything of the sample round in it."""
    models = sample_models()
    async with services.store.round(round_id) as work:
        planned = await work.plans.get(round_id)
        await work.plans.put(replace(models.pop('round'), id=round_id, timezone=planned.timezone))
        for name, rows in models.items():
            for row in rows:
                await getattr(work, name).put(row)
    return round_id


async def link_to(services, round_id, secret, kind):
    async with services.store.index() as index:
        await index.links.put(Link(id=hashed(secret), round=round_id, kind=kind, created_at=dt.datetime.now(dt.UTC)))


async def test_a_facilitator_downloads_the_outcome_of_the_own_round(services, facilitator, sample_id):
    document = await services.documents.outcome_file(facilitator, sample_id)
    assert 'Students compare answers, not methods' in read_text(document)
    assert document == outcome_pdf(await services.documents.outcome(facilitator, sample_id))
    assert document == await services.documents.report(sample_id)


async def test_nobody_of_another_school_gets_any_document(services, stranger, sample_id):
    documents = services.documents
    for ask in (documents.outcome, documents.outcome_file):
        with pytest.raises(NotFound):
            await ask(stranger, sample_id)


async def test_the_outcome_opens_by_its_own_link_only(services, sample_id):
    await link_to(services, sample_id, 'for the outcome', LinkKind.OUTCOME)
    await link_to(services, sample_id, 'for the hall', LinkKind.PROJECTION)
    assert (await services.documents.outcome_by_link('for the outcome')).school == 'Harbour View Academy'
    document = await services.documents.outcome_file_by_link('for the outcome')
    assert document == await services.documents.report(sample_id)
    for secret in ('for the hall', 'something else'):
        with pytest.raises(NotFound):
            await services.documents.outcome_file_by_link(secret)


async def test_a_purged_round_keeps_its_document(services, facilitator, sample_id):
    before = await services.documents.outcome(facilitator, sample_id)
    async with services.store.round(sample_id) as work:
        await purge(work, await work.plans.get(sample_id), dt.datetime.now(dt.UTC))
        kept = {card.text for card in await work.cards.all()}
        assert (await work.plans.get(sample_id)).stage is Stage.PURGED
    assert await services.documents.outcome(facilitator, sample_id) == replace(before, purged=True)
    assert kept == {sample.text for pattern in before.patterns for sample in pattern.samples}
    assert 'have been deleted' in read_text(await services.documents.outcome_file(facilitator, sample_id))


@pytest.fixture
async def press():
    press = Press()
    yield press
    await press.aclose()


async def test_a_failure_names_its_place_and_nothing_of_what_was_to_be_printed(press):
    with pytest.raises(RuntimeError, match=r'ValueError at .*jobs\.py:\d+') as failed:
        await press.make(fail, 'the words of a note')
    assert 'the words' not in str(failed.value)


async def test_a_sentence_for_the_reader_comes_through(press):
    with pytest.raises(BadInput, match='Set the public address'):
        await press.make(join_card, sample_models()['round'], '')


async def test_a_document_is_in_the_language_of_whoever_asks(press):
    token = language.set('sv')
    try:
        assert await press.make(said_language) == b'sv'
    finally:
        language.reset(token)


async def test_the_next_document_is_made_after_a_process_ended_or_was_left(press):
    with pytest.raises(RuntimeError, match='process ended'):
        await press.make(end, 'words')
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(press.make(wait, 'words'), 0.5)
    assert await press.make(said_language) == b'en'


async def test_its_process_ends_with_the_app():
    script = (
        'import asyncio, os; from app.press import Press; from tests.cases.jobs import pid\n'
        'async def main():\n'
        '    print((await Press().make(pid)).decode(), flush=True); os._exit(1)\n'  # as if killed
        'asyncio.run(main())'
    )
    app = await asyncio.create_subprocess_exec(sys.executable, '-c', script, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    number = int((await app.communicate())[0])
    for _ in range(100):
        if not _runs(number):
            break
        await asyncio.sleep(0.05)
    assert not _runs(number)


def _runs(number):
    try:
        os.kill(number, 0)
        return 'Z' not in Path(f'/proc/{number}/stat').read_text().split()[2]
    except (ProcessLookupError, FileNotFoundError):
        return False


async def test_the_app_goes_on_while_a_document_is_made(services, facilitator, sample_id):
    document = asyncio.create_task(services.documents.outcome_file(facilitator, sample_id))
    turns = 0
    while not document.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert (await document).startswith(b'%PDF')
    assert turns > 10

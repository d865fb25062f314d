"""A released document stays as it was; a later one says what changed; of two who release at once one is told."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace

import pytest

import storage
from app.documents.changes import changes_since
from app.documents.releasing import Releasing
from app.errors import BadInput, Changed, NotFound, WrongStage
from app.press import Press
from app.rounds.model import LinkKind
from app.rounds.stages import Stage
from tests.app.documents.test_service import ROOT, link_to, sample_id  # noqa: F401
from tests.cases.outcomes import sample_outcome
from tests.cases.rendering import read_text

pytestmark = pytest.mark.anyio


async def change_theory(services, round_id):
    async with services.store.round(round_id) as work:
        first, *_others = await work.theories.all()
        await work.theories.put(replace(first, when='we ask for a second reason'))


async def test_a_version_is_the_same_bytes_for_ever_and_the_next_says_what_changed(services, facilitator, sample_id):  # noqa: F811
    documents = services.documents
    first = await documents.release(facilitator, sample_id, seen=0)
    kept = await documents.version_file(facilitator, sample_id, 1)
    assert 'Version 1, released on' in read_text(kept)
    with pytest.raises(BadInput, match='Nothing is different from version 1'):
        await documents.release(facilitator, sample_id, seen=1)
    await change_theory(services, sample_id)
    second = await documents.release(facilitator, sample_id, seen=1)
    assert second.outcome.changes == ('Theory of action 1 has new words.',)
    said = read_text(await documents.version_file(facilitator, sample_id, 2))
    assert 'What is new in this version' in said
    assert 'Theory of action 1 has new words.' in said
    assert await documents.version_file(facilitator, sample_id, 1) == kept
    assert [one.number for one in await documents.versions(facilitator, sample_id)] == [2, 1]
    assert (await documents.versions(facilitator, sample_id))[1] == first
    with pytest.raises(NotFound):
        await documents.version_file(facilitator, sample_id, 3)


async def test_of_two_who_release_at_once_one_is_told_and_there_is_one_version(services, facilitator, sample_id):  # noqa: F811
    both = (services.documents.release(facilitator, sample_id, seen=0) for _ in range(2))
    done = await asyncio.gather(*both, return_exceptions=True)
    told = [one for one in done if isinstance(one, Changed)]
    assert len(told) == 1
    assert 'Version 1 has been released on another screen' in told[0].sentence
    assert len(await services.documents.versions(facilitator, sample_id)) == 1


async def test_a_change_while_it_is_made_is_no_harm(services, facilitator, sample_id):  # noqa: F811
    """What was read is what is printed; a release of something that has changed since is asked again."""

    class Slow(Press):
        async def make(self, make, *given):
            await change_theory(services, sample_id)
            return await super().make(make, *given)

    press = Slow()
    try:
        with pytest.raises(Changed, match='changed while the document was made'):
            await Releasing(services.store, services.announcer, press).release(sample_id, '', seen=0)
    finally:
        await press.aclose()
    assert await services.documents.versions(facilitator, sample_id) == []
    assert (await services.documents.outcome_file(facilitator, sample_id)).startswith(b'%PDF')


async def test_a_round_is_closed_before_its_document_is_released(services, facilitator, sample_id):  # noqa: F811
    async with services.store.round(sample_id) as work:
        await work.plans.put(replace(await work.plans.get(sample_id), stage=Stage.NEXT_LEVEL))
    with pytest.raises(WrongStage, match='Close it first'):
        await services.documents.release(facilitator, sample_id, seen=0)


async def test_whoever_has_the_link_reads_the_released_version_and_not_the_draft(services, facilitator, sample_id):  # noqa: F811
    await link_to(services, sample_id, 'for leaders', LinkKind.OUTCOME)
    assert (await services.documents.outcome_by_link('for leaders')).version == 0
    await services.documents.release(facilitator, sample_id, seen=0)
    await change_theory(services, sample_id)
    assert (await services.documents.outcome_by_link('for leaders')).version == 1
    kept = await services.documents.version_file(facilitator, sample_id, 1)
    assert await services.documents.outcome_file_by_link('for leaders') == kept
    assert 'second reason' not in read_text(kept)


FULL = """
import asyncio, resource, signal, sys
from pathlib import Path
import storage
from app.announce import Announcer
from app.press import Press
from app.documents.releasing import Releasing
from app.errors import NotKept
from tests.cases.sample_round import sample_models
async def main():
    data = Path(sys.argv[1])
    store = await storage.open_store(data)
    models = sample_models()
    await store.create_round('round')
    async with store.round('round') as work:
        await work.plans.put(models.pop('round'))
        for name, rows in models.items():
            for row in rows:
                await getattr(work, name).put(row)
    press = Press()
    await press.make(str.encode, '')
    largest = max(file.stat().st_size for file in data.rglob('*') if file.is_file())
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 20_000, largest + 20_000))
    try:
        await Releasing(store, Announcer(), press).release('round', '', seen=0)
    except NotKept as refused:
        print(refused.sentence)
    await press.aclose()
asyncio.run(main())
"""


async def test_a_disk_that_is_full_leaves_no_half_of_a_version(tmp_path):
    """No file may grow by more than 20,000 bytes while the version is written, which has five times as many."""
    data = tmp_path / 'data'
    done = await asyncio.create_subprocess_exec(
        sys.executable, '-c', FULL, str(data), cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    said, wrong = await done.communicate()
    assert said.decode().strip().endswith('.'), wrong.decode()
    again = await storage.open_store(data)
    async with again.round('round') as work:
        assert await work.versions.all() == []
        assert len(await work.patterns.all()) == 9
    await again.close()


def test_every_kind_of_difference_has_its_sentence():
    before = sample_outcome()
    pattern, theory = before.patterns[0], before.theories[0]
    now = replace(
        before,
        problem_of_practice='Something else',
        patterns=(replace(pattern, title='Another title'), replace(before.patterns[1], cards=3), *before.patterns[2:]),
        theories=(replace(theory, wrong_if='nothing'), *before.theories[1:-1]),
        next_steps=tuple(replace(step, taken_up=True) for step in before.next_steps),
    )
    assert changes_since(before, now) == (
        'The focus has other words.',
        f'The pattern “{pattern.title}” is no longer in it.',
        'The pattern “Another title” is new.',
        f'The pattern “{before.patterns[1].title}” has other words or cards.',
        'What is said beside theory of action 1 was changed.',
        'Theory of action 4 is no longer in it.',
        'The school now takes up 4 steps.',
    )
    assert changes_since(before, replace(before, purged=True)) == ()
    assert changes_since(before, before) == ()

"""Halls over the store in memory and, where it matters, the one on disk."""

import pytest

import storage
from tests.app.debrief.hall import Hall


@pytest.fixture
async def hall(store):
    made = Hall(store)
    await made.open()
    return made


@pytest.fixture(params=['memory', 'disk'])
async def any_hall(request, store, tmp_path):
    kept = store if request.param == 'memory' else await storage.open_store(tmp_path / 'data')
    made = Hall(kept)
    await made.open()
    yield made
    await kept.close()

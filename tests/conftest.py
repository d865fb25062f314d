"""What many tests stand on: services over a store in memory, and somebody who asks."""

import datetime as dt
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.accounts.model import Facilitator
from app.services import Services, build_services
from app.settings import Settings
from app.store import Store
from storage.memory_store import MemoryStore
from tests.builders import QUICK_MEMORY
from tests.cases.people import SETUP_CODE, set_up


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is marked `soak` is left to `make soak`, so that all the rest is done in minutes."""
    if not os.environ.get('ROUNDS_SOAK'):
        for item in items:
            if item.get_closest_marker('soak'):
                item.add_marker(pytest.mark.skip(reason='make soak runs it'))


@pytest.fixture
def anyio_backend() -> str:
    return 'asyncio'


@pytest.fixture
def store() -> Store:
    return MemoryStore()


@pytest.fixture
async def services(store: Store, tmp_path: Path) -> AsyncIterator[Services]:
    settings = Settings(data=tmp_path, address='https://rounds.example.org', passphrase_memory=QUICK_MEMORY)
    made = build_services(settings, store, SETUP_CODE)
    yield made
    await made.documents.aclose()
    await made.suggestions.aclose()


@pytest.fixture
async def facilitator(services: Services) -> Facilitator:
    """The first facilitator, of Harbour View Academy."""
    token = await set_up(services)
    return await services.accounts.who(token)


@pytest.fixture
async def stranger(services: Services, facilitator: Facilitator) -> Facilitator:
    """A facilitator of another school of the network, who was not invited to anything."""
    secret = await services.schools.invite(facilitator, new_school=True)
    token = await services.schools.accept(
        secret,
        name='Joan Ellis',
        email='joan@tidewell.example',
        passphrase='slow tides turn twice',
        school='Tidewell High School',
        timezone='Europe/London',
        address='127.0.0.1',
    )
    return await services.accounts.who(token)


@pytest.fixture
async def round_id(services: Services, facilitator: Facilitator) -> str:
    """A new, empty round of the facilitator's school, in a week."""
    return await services.rounds.create(facilitator, title='Spring round', date=dt.date.today() + dt.timedelta(days=7))

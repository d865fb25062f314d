"""Every method of every service asks first who asks: found by looking at the services themselves, not from a list."""

import asyncio
import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

import pytest

from app.accounts.model import Facilitator
from app.accounts.service import AccountService
from app.announce import Announcer
from app.errors import NotFound, NotSignedIn, RoundsError
from app.observation.joining import Joining
from app.observation.model import ObserverAsker
from app.rounds.access import Access
from app.rounds.part import PlanPart
from app.rounds.stages import Stage
from app.services import Services, build_services
from app.settings import Settings
from storage.memory_store import MemoryStore
from tests.builders import QUICK

pytestmark = pytest.mark.anyio

#: Asked by somebody who has no account, or before there is one, or by who runs the server; and what stands in the way.
WITHOUT_WHO = {
    'accounts.sign_in': 'the passphrase',
    'accounts.who': 'the token',
    'accounts.sign_out': 'the token',
    'accounts.still_in': 'asks itself',
    'accounts.account_in': 'asks itself',
    'accounts.reset_passphrase': 'the command line',
    'accounts.create': 'other services',
    'accounts.prepared': 'keeps nothing',
    'accounts.add': 'other services',
    'accounts.open_session': 'other services',
    'accounts.look_at_sample': 'a page that asks whether it is this computer',
    'accounts.anybody': 'says yes or no',
    'accounts.forget_expired': 'nobody: what has ended',
    'schools.set_up': 'the set-up code',
    'schools.offer': 'the secret of the invitation',
    'schools.accept': 'the secret of the invitation',
    'access.link': 'the secret of the link',
    'rounds.mend_labels': 'nobody: what a crash left behind',
    'observation.look': 'the code',
    'observation.join': 'the code',
    'observation.asker': 'the token',
    'observation.sender': 'the token',
    'lessons.lesson': 'the code',
    'lessons.say_no': 'the code',
    'suggestions.aclose': 'the end of the server',
    'debrief.projection_view_by_link': 'the secret of the link',
    'documents.outcome_by_link': 'the secret of the link',
    'documents.outcome_file_by_link': 'the secret of the link',
    'documents.report': 'the command line',
    'documents.aclose': 'the end of the server',
    'exchange.import_file': 'the command line',
    'exchange.export': 'the command line',
    'exchange.make_sample': 'a page that gives its own school, and the command line',
    'purge.purge_due': 'nobody: what is due',
}
NO_SERVICES = ('settings', 'store', 'announcer')


@dataclass(frozen=True)
class Method:
    """A public method of a service, by the name under which pages reach it."""

    name: str
    call: Callable[..., Any]

    @property
    def asks(self) -> list[tuple[str, object]]:
        """The parameters in their order, each with its type."""
        hints = get_type_hints(self.call)
        parameters = inspect.signature(self.call).parameters.values()
        needed = [one for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
        return [(one.name, hints.get(one.name)) for one in needed]

    @property
    def first(self) -> object:
        return self.asks[0][1] if self.asks else None

    @property
    def of_a_round(self) -> bool:
        return any(name == 'round_id' for name, _type in self.asks)


def methods_of(services: Services) -> Iterator[Method]:
    """Every public method of the services and of their parts that does something."""
    for name, service in vars(services).items():
        if name not in NO_SERVICES:
            yield from _methods(name, service)


def _methods(name: str, service: object) -> Iterator[Method]:
    for key, call in inspect.getmembers(service, callable):
        does = inspect.iscoroutinefunction(call) or inspect.isasyncgenfunction(call)
        if not key.startswith('_') and does and inspect.ismethod(call):
            yield Method(f'{name}.{key}', call)
    for key, part in vars(service).items():
        if isinstance(part, PlanPart) and not key.startswith('_'):
            yield from _methods(f'{name}.{key}', part)


LISTED = [*methods_of(build_services(Settings(), MemoryStore(), 'TEST22'))]
OF_A_ROUND = [one.name for one in LISTED if one.first is Facilitator and one.of_a_round]
OF_ACCOUNTS = [one.name for one in LISTED if one.first is Facilitator and not one.of_a_round]
OF_OBSERVERS = [one.name for one in LISTED if one.first is ObserverAsker]


class Untouched:
    """Stands for everything else that is given: whoever looks at it before asking who asks has it too late."""

    def _touched(self, *_args: object, **_more: object) -> Any:
        raise AssertionError('this was looked at before it was asked who asks')

    __getattr__ = __str__ = __repr__ = __iter__ = __len__ = __bool__ = __eq__ = __contains__ = _touched
    __hash__ = object.__hash__  # whether it is one of a few words may be asked


async def answer(method: Method, *asked: object) -> BaseException | None:
    """What a call comes to: `asked` are its first values, all the others must not be looked at."""
    others = {name: Untouched() for name, _type in method.asks[len(asked) :]}
    given = dict(zip((name for name, _type in method.asks), asked, strict=False)) | others
    try:
        await method.call(**given)
    except (RoundsError, AssertionError) as error:
        return error
    return None


def test_every_method_says_who_asks_or_what_else_stands_in_the_way():
    known = {*OF_A_ROUND, *OF_ACCOUNTS, *OF_OBSERVERS}
    assert {one.name for one in LISTED} - known == set(WITHOUT_WHO)
    assert len(OF_A_ROUND) > 60  # a look that finds nothing proves nothing
    assert {'rounds.plan', 'rounds.groups.divide', 'day.make', 'debrief.undo', 'theory.take_up'} <= {*OF_A_ROUND}
    assert 'observation.receive_notes' in OF_OBSERVERS


async def test_a_round_is_not_there_for_a_stranger_nor_for_who_looks_at_the_sample(services, round_id, stranger):
    sample = await services.exchange.make_sample('')
    looking = await services.accounts.who(await services.accounts.look_at_sample(sample))
    for method in methods_of(services):
        if method.name in OF_A_ROUND:
            for who in (stranger, looking):
                error = await answer(method, who, round_id)
                assert isinstance(error, NotFound), f'{method.name}: {error!r}'


async def test_who_has_signed_out_is_asked_to_sign_in(services, facilitator, round_id):
    await services.accounts.sign_out_everywhere(facilitator)
    for method in methods_of(services):
        if method.first is Facilitator:
            error = await answer(method, *((facilitator, round_id) if method.of_a_round else (facilitator,)))
            assert isinstance(error, NotSignedIn), f'{method.name}: {error!r}'


async def test_a_phone_is_known_in_its_own_round_only(services, facilitator, round_id):
    sample = await services.exchange.make_sample('')
    here, elsewhere = [await joined(services, key) for key in (round_id, sample)]
    assert (await services.observation.home(here)).observer
    for method in methods_of(services):
        for unknown in (replace(here, round=sample), replace(here, observer=elsewhere.observer)):
            if method.name == 'observation.hear':
                assert await heard(services, unknown) == []
            elif method.first is ObserverAsker:
                error = await answer(method, unknown)
                assert isinstance(error, NotSignedIn), f'{method.name}: {error!r}'


async def heard(services: Services, asker: ObserverAsker) -> list[object]:
    """What comes down the event stream before it ends, when something happens in the round."""

    async def listen() -> list[object]:
        return [one async for one in services.observation.hear(asker, pause=0)]

    listening = asyncio.create_task(listen())
    for _turn in range(3):  # until it listens
        await asyncio.sleep(0)
    services.announcer.announce(asker.round, 'stage')
    return await asyncio.wait_for(listening, 5)


async def joined(services: Services, round_id: str) -> ObserverAsker:
    async with services.store.round(round_id) as work:
        planned = await work.plans.get(round_id)
        if planned.stage is Stage.PLANNED:
            await work.plans.put(replace(planned, stage=Stage.OPEN))
    joining = Joining(code=planned.join_code, display_name='Ruth', school=planned.schools[0].id)
    token, _home = await services.observation.join(joining, address='127.0.0.1')
    return await services.observation.asker(token)


class Careless(PlanPart):
    """A part as it must not be: found by the tests above as soon as there is one."""

    async def asks_nobody(self, who: Facilitator, round_id: str) -> None:
        async with self.store.round(round_id):
            pass

    async def asks_too_late(self, who: Facilitator, round_id: str, title: str) -> None:
        if title:
            await self.access.facilitator(who, round_id)

    async def asks_for_nobody(self, round_id: str) -> None:
        async with self.store.round(round_id):
            pass


async def test_a_careless_method_is_found(services, round_id, stranger):
    store, announcer = services.store, Announcer()
    careless = Careless(
        store, announcer, Access(store, AccountService(store, hashes=QUICK, now=lambda: dt.datetime.now(dt.UTC)))
    )
    planted = {one.name: one for one in _methods('careless', careless)}
    assert await answer(planted['careless.asks_nobody'], stranger, round_id) is None
    assert isinstance(await answer(planted['careless.asks_too_late'], stranger, round_id), AssertionError)
    assert planted['careless.asks_for_nobody'].first is not Facilitator
    assert 'careless.asks_for_nobody' not in WITHOUT_WHO

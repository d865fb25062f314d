"""How a draft becomes a version: made once, kept to the byte, and followed by one that says what changed."""

import asyncio
import base64
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from app.announce import Announcer
from app.errors import BadInput, Changed, NotFound
from app.press import Press
from app.rounds.stages import Act, require
from app.store import Store
from app.texts import _

from .changes import changes_since, same_contents
from .model import Version
from .outcome import Outcome
from .pdf.outcome_pdf import outcome_pdf
from .reading import Material, read_material


class Releasing:
    """The versions of rounds. It asks nobody: the service does before."""

    def __init__(self, store: Store, announcer: Announcer, press: Press) -> None:
        self.store, self.announcer, self.press = store, announcer, press

    async def release(self, round_id: str, logo: str, *, seen: int) -> Version:
        """Release the draft as the version after `seen`, the latest that the screen showed (0: none).

        The document is made outside of any work on the round. Raises `Changed` when another version was released or
        the draft was changed meanwhile, `BadInput` when nothing is new, `WrongStage` before the close. When the disk
        refuses, there is no version: a work is whole or not at all.
        """
        now = dt.datetime.now(dt.UTC)
        async with self.store.round(round_id) as work:
            material, before = await read_material(work, logo), _latest_first(await work.versions.all())
        draft = await asyncio.to_thread(_next, material, before, seen, now)
        pdf = await self.press.make(outcome_pdf, draft)
        version = Version(id=str(draft.version), at=now, outcome=draft, pdf=base64.b64encode(pdf).decode())
        async with self.store.round(round_id) as work:
            _require_seen(_latest_first(await work.versions.all()), seen)
            if await read_material(work, logo) != material:
                raise Changed(_('Something was changed while the document was made. Please look, and release again.'))
            await work.versions.put(version)
        self.announcer.announce(round_id, 'words')
        return version

    async def versions(self, round_id: str) -> list[Version]:
        """All of them, the latest first."""
        async with self.store.round(round_id) as work:
            return _latest_first(await work.versions.all())

    async def version(self, round_id: str, number: int) -> Version:
        """A version as it was released; raises `NotFound`."""
        async with self.store.round(round_id) as work:
            version = await work.versions.get(str(number))
        if version is None:
            raise NotFound(_('There is no such version of this document.'))
        return version


def _next(material: Material, versions: Sequence[Version], seen: int, now: dt.datetime) -> Outcome:
    """The outcome as the version after `seen`, with what is new in it. In a thread: a large round takes a while."""
    require(Act.RELEASE, material.round.stage)
    _require_seen(versions, seen)
    outcome = material.outcome()
    if versions and same_contents(versions[0].outcome, outcome):
        raise BadInput(_('Nothing is different from version {n}, so there is nothing to release.').format(n=seen))
    changes = changes_since(versions[0].outcome, outcome) if versions else ()
    today = now.astimezone(ZoneInfo(material.round.timezone)).date()
    return replace(outcome, version=seen + 1, released_on=today, changes=changes)


def _require_seen(versions: Sequence[Version], seen: int) -> None:
    latest = versions[0].number if versions else 0
    if latest != seen:
        sentence = _('Version {n} has been released on another screen meanwhile. Please look at it first.')
        raise Changed(sentence.format(n=latest), theirs=latest)


def _latest_first(versions: Sequence[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: -version.number)

"""Writers in a storm: phones on which somebody writes, changes and deletes while everything fails at random."""

import contextlib
import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from playwright.sync_api import TimeoutError as TooLong

from tests.browser.phones import Day, join
from tests.browser.profiles import kill, open_profile
from tests.browser.serving import Server
from tests.browser.unkind_proxy import FAULTS, UnkindProxy

#: What fails beside the line: server, browser, tab, disk, clock.
OTHERS = ('kill_server', 'stored_then_killed', 'kill_browser', 'reload', 'second_tab', 'clock', 'full', 'cleared')
KINDS = (*FAULTS, *OTHERS)
PATIENT = 120_000
#: A line of the phone's sync.js and what stands there instead; nothing: the phone as it is.
Broken = tuple[str, str] | None
KNOWN_BY = {'refuse': 'No connection', 'unauthorized': 'no longer known to the round'}
KEPT = ('on this phone', 'sending', 'received')
#: The page’s clock is off by `self.shift` ms; its disk is full while `self.full`.
UNWELL = """(() => {
  const Real = Date;
  self.shift = 0;
  self.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + self.shift); }
    static now() { return Real.now() + self.shift; }
  };
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...parts) {
    if (self.full) throw new DOMException('There is no room.', 'QuotaExceededError');
    return put.apply(this, parts);
  };
})()"""


@dataclass
class Ledger:
    """What was typed, and what was shown as kept; by the mark that each note begins with."""

    typed: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    happened: list[tuple[dt.datetime, str, str]] = field(default_factory=list)

    def note(self, mark: str, what: str) -> None:
        """`mark` '': what happened to the phone."""
        self.happened.append((dt.datetime.now(dt.UTC), mark, what))
        print(f'  {mark} {what}' if mark else what, flush=True)

    def found_again(self, mark: str, words: str) -> None:
        """A note that is opened again: of a burst of keys the last may be missing where its browser was killed."""
        assert words.startswith(self.kept.get(mark, mark)), (self.kept, words)
        assert self.typed[mark].startswith(words), (self.typed, words)
        self.typed[mark] = words

    def history(self, mark: str, revisions: list[tuple[dt.datetime, str]]) -> list[str]:
        """All that happened to this note and to its phone meanwhile, with what the server has of it."""
        own = [(at, what if whose else f'  [{what}]') for at, whose, what in self.happened if whose in ('', mark)]
        first = next((at for at, whose, _what in self.happened if whose == mark), dt.datetime.now(dt.UTC))
        before = first - dt.timedelta(minutes=1)
        return [f'{at:%H:%M:%S.%f} {what}' for at, what in sorted(own + revisions) if at >= before]

    def complaints(self, held: list[str]) -> list[tuple[str, str]]:
        """What is lost, there twice, or other than it was kept, among the server's texts: [(mark, what)]."""
        found = []
        for mark, words in self.kept.items():
            here = [text for text in held if text.startswith(mark)]
            if mark in self.deleted:
                found += [(mark, f'deleted, and there: {text}') for text in here]
            elif not here:
                found.append((mark, f'lost: {words}'))
            elif len(here) > 1:
                found.append((mark, f'{len(here)} times: {here}'))
            elif not (here[0].startswith(words) and self.typed[mark].startswith(here[0])):
                found.append((mark, f'kept {words!r}, typed {self.typed[mark]!r}, and there is {here[0]!r}'))
        return found


class Writer:
    """Somebody with a phone of their own (a browser's profile) behind a line of their own."""

    def __init__(
        self,
        name: str,
        day: Day,
        server: Server,
        chromium: Browser,
        profile: Path,
        chance: random.Random,
        broken: Broken,
    ) -> None:
        self.name, self.day, self.server, self.chance = name, day, server, chance
        self.line = UnkindProxy(server.port)
        self.ledger = Ledger()
        self.count = 0
        self._browser, self._profile, self._broken = chromium, profile, broken
        self._start()
        join(self.page, day.door(1, self.line.address), name)
        if not broken:
            self.page.evaluate('() => navigator.serviceWorker.ready.then(() => true)')

    def _start(self) -> None:
        workers = 'block' if self._broken else 'allow'
        self.context: BrowserContext = open_profile(self._browser, self._profile, service_workers=workers)
        if self._broken:
            self.context.route('**/sync.js', self._break)
        self.context.add_init_script(UNWELL)
        self.context.set_default_timeout(PATIENT)
        self.page: Page = self.context.pages[0]

    def _break(self, route: Route) -> None:
        right, wrong = self._broken
        source = route.fetch().text()
        assert source.count(right) == 1, 'the phone has changed: the broken variant has to follow'
        route.fulfill(body=source.replace(right, wrong), content_type='text/javascript')

    def close(self) -> None:
        self.context.close()
        self.line.close()

    def suffer(self, kind: str) -> None:
        """Write while this happens, and go on before all is well."""
        self.ledger.note('', f'{self.name}: {kind}')
        if kind in FAULTS:
            before = self.line.met
            self.line.mode = kind
            self.act()
            self.act()
            self._until_it_is_met(kind, before)
            self.line.mode = 'pass'
        else:
            getattr(self, f'_{kind}')()

    def _until_it_is_met(self, kind: str, before: int) -> None:
        """A fault that no note has met is none. The page alone knows of a refused connection; and where the event
        stream was the first to hear that the phone is not known any more, no note is sent.
        """
        if kind in ('refuse', 'unauthorized'):
            expect(self.page.locator('#notices')).to_contain_text(KNOWN_BY[kind], timeout=PATIENT)
            return
        end = time.monotonic() + PATIENT / 1000
        while self.line.met == before:
            assert time.monotonic() < end, f'{kind}: nothing was sent; the page says {self.page.inner_text("body")}'
            self.page.wait_for_timeout(20)

    def act(self) -> None:
        """A new note, or another word to one that is there, or one less."""
        rows = self.page.locator('.notes .note').filter(has_text=f'{self.name} ')
        wish = self.chance.random()
        if wish < 0.7 or rows.count() < 2:
            self.write()
        elif wish < 0.9:
            self.change()
        else:
            self.delete()

    def write(self, page: Page | None = None, *, done: bool = True) -> str:
        page = page or self.page
        self.count += 1
        mark = f'{self.name} {self.count:03}:'
        self.ledger.typed[mark] = f'{mark} {self.chance.randint(2, 28)} of 28 students'
        self.ledger.note(mark, f'written {self.ledger.typed[mark]!r}')
        area = page.locator('#note')
        area.fill(self.ledger.typed[mark])
        self._see(page.locator('.where'), mark)
        if self.chance.random() < 0.5:  # while it is being sent, perhaps
            self.ledger.typed[mark] += ' spoke'
            area.press_sequentially(' spoke')
            self.ledger.note(mark, 'spoke')
        if done:
            page.get_by_role('button', name='Next note').click()
            expect(area).to_have_value('', timeout=PATIENT)
        return mark

    def change(self) -> None:
        mark = self._some_note()
        self.ledger.deleted.discard(mark)  # one whose deletion was refused has other words now, and is a note again
        self.ledger.found_again(mark, self.page.locator('#again').input_value())
        self.page.locator('#again').press_sequentially('!')
        self.ledger.typed[mark] += '!'
        self.ledger.note(mark, f'changed to {self.ledger.typed[mark]!r}')
        self.page.get_by_role('button', name='Done').click()
        self.page.locator('#again').wait_for(state='detached')
        self._see(self.page.locator('.notes .note').filter(has_text=mark).locator('.state'), mark)

    def delete(self) -> None:
        mark = self._some_note()
        self.page.get_by_role('button', name='Delete').click()
        self.page.get_by_role('button', name='Really delete it?').click()
        self.page.locator('#again').wait_for(state='detached')
        # Its row goes a moment later, or comes back where the deletion is refused: nobody opens what is going.
        gone = self.page.locator('.notes li:not(.refused) .note').filter(has_text=mark)
        expect(gone).to_have_count(0, timeout=PATIENT)
        # In a page that stands in for a full disk it is as good as the page's word: leave it open.
        self.ledger.deleted.add(mark)
        self.ledger.note(mark, 'deleted')

    def _some_note(self) -> str:
        rows = self.page.locator('.notes .note').filter(has_text=f'{self.name} ')
        row = rows.nth(self.chance.randrange(rows.count()))
        mark = row.locator('.words').inner_text()[: len(self.name) + 5]
        self.page.locator('.notes .note').filter(has_text=mark).click()
        self.page.locator('#again').wait_for()
        return mark

    def _see(self, place: Locator, mark: str) -> None:
        """Wait until it is said where the note is; what is said to be kept is written down."""
        expect(place).not_to_be_empty(timeout=PATIENT)
        said = place.inner_text()
        if any(words in said for words in KEPT):
            self.ledger.kept[mark] = self.ledger.typed[mark]
        self.ledger.note(mark, f'said to be {said!r}')

    def _kill_server(self) -> None:
        self.server.kill()
        self.act()
        self.server.start()

    def _stored_then_killed(self) -> None:
        self.line.stored = self.server.kill
        self.write()
        expect(self.page.locator('#notices')).not_to_be_empty(timeout=PATIENT)
        self.line.stored = None
        self.server.kill()
        self.server.start()

    def _kill_browser(self) -> None:
        self.line.mode = 'refuse'
        self.act()
        self.write(done=False)
        self._disk_takes()
        kill(self._profile)
        self._start()
        self._come_back()
        self.line.mode = 'pass'

    def _reload(self) -> None:
        self.write(done=False)
        self._come_back()

    def _second_tab(self) -> None:
        """Another tab of the same phone, which is thrown away in the middle of a note."""
        self.line.mode = 'lose_answer'
        other = self.context.new_page()
        other.goto(f'{self.line.address}/c/1')
        self._end_what_is_left(other)
        self.write(other)
        self.write(other, done=False)
        other.close()
        self.act()
        self.line.mode = 'pass'

    def _clock(self) -> None:
        self.page.evaluate('(shift) => { self.shift = shift; }', self.chance.choice([-1, 1]) * 365 * 86400e3)
        self.act()

    def _full(self) -> None:
        """As the disk says it; with a real quota: test_phone_disk.py."""
        self.line.mode = 'refuse'
        self.page.evaluate('() => { self.full = true; }')
        self.write()
        self.page.evaluate('() => { self.full = false; }')
        self.line.mode = 'pass'

    def _cleared(self) -> None:
        self._disk_takes()
        self.line.mode = 'refuse'
        self.act()
        session = self.context.new_cdp_session(self.page)
        session.send('Storage.clearDataForOrigin', {'origin': self.line.address, 'storageTypes': 'indexeddb'})
        self.act()
        self.line.mode = 'pass'

    def _disk_takes(self) -> None:
        """A page that stands in for its disk says that it must stay open, and who reads that leaves it open."""
        expect(self.page.locator('#notices')).not_to_contain_text('leave the page open', timeout=PATIENT)

    def arrive(self) -> None:
        """Until the page says that everything was received; who is not known any more joins again."""
        self._come_back()
        page = self.page
        join_again = page.get_by_role('button', name='Join again')
        try_again = page.get_by_role('button', name='Try again').first
        received = page.locator('#unsent', has_text='All received')
        while True:
            try:
                expect(join_again.or_(try_again).or_(received).first).to_be_visible(timeout=PATIENT)
            except AssertionError:
                self._tell_of_refused()
                raise
            if join_again.is_visible():
                join_again.click()
                page.get_by_role('button', name='Join', exact=True).click()
                expect(page.locator('.room').or_(page.locator('#note')).first).to_be_visible(timeout=PATIENT)
                self._come_back()
            elif try_again.is_visible():
                with contextlib.suppress(TooLong):  # it was the one that was tapped before, and is gone by now
                    try_again.click(timeout=2_000)
            elif received.is_visible():
                return

    def _tell_of_refused(self) -> None:
        for words in self.page.locator('.refused .words').all_inner_texts():
            mark = words[: len(self.name) + 5]
            print(words, *self.ledger.history(mark, revisions(self.day, mark)), sep='\n    ', flush=True)

    def _come_back(self) -> None:
        """The page anew; what stood in the field is a note."""
        if self.page.url != 'about:blank':
            self._disk_takes()
        self.page.goto(f'{self.line.address}/c/1')
        self._end_what_is_left(self.page)

    def _end_what_is_left(self, page: Page) -> None:
        """Words that another tab, or this one before, has left in the field: nobody writes over them."""
        page.locator('#note').wait_for()
        if page.locator('#note').input_value():
            page.get_by_role('button', name='Next note').click()
            expect(page.locator('#note')).to_have_value('', timeout=PATIENT)


def revisions(day: Day, mark: str) -> list[tuple[dt.datetime, str]]:
    """What the server has had of the notes that begin with this, and when it came."""
    notes = {note.id: note for note in day.read(lambda work: work.notes.all())}
    before = day.read(lambda work: work.revisions.all())
    whose = {one.id for one in notes.values() if one.text.startswith(mark)}
    whose |= {one.note for one in before if one.text.startswith(mark)}
    rows = [(one.received_at, one.note, one.rev, one.text) for one in before if one.note in whose]
    now = [notes[one] for one in whose if one in notes]
    rows += [(one.received_at, one.id, one.rev, 'deleted' if one.deleted else one.text) for one in now]
    return [(at, f'the server: {id} {rev} {text!r}') for at, id, rev, text in rows]


@contextlib.contextmanager
def storm(
    day: Day, server: Server, chromium: Browser, folder: Path, *, writers: int, seed: int, broken: Broken = None
) -> Iterator[Callable[[list[str]], list[str]]]:
    """`storm(kinds)`: the writers go through these faults in turn; what is wrong at the end is returned."""
    chance = random.Random(seed)
    people = [Writer(f'W{seed}{n}', day, server, chromium, folder / str(n), chance, broken) for n in range(writers)]

    def through(kinds: list[str]) -> list[str]:
        begun = time.monotonic()
        for start in range(0, len(kinds), len(KINDS)):
            for kind in kinds[start : start + len(KINDS)]:
                writer = chance.choice(people)
                writer.suffer(kind)
                if kind == 'unauthorized' or chance.random() < 0.2:
                    writer.arrive()
            for writer in people:
                writer.arrive()
            held = day.texts()
            wrong = [(writer, *one) for writer in people for one in writer.ledger.complaints(held)]
            done = min(start + len(KINDS), len(kinds))
            print(f'{done} faults, {len(held)} notes, {len(wrong)} complaints', flush=True)
            if wrong:
                for writer, mark, what in wrong:
                    print(what, *writer.ledger.history(mark, revisions(day, mark)), sep='\n    ', flush=True)
                return [what for _writer, _mark, what in wrong]
        print(f'in {time.monotonic() - begun:.0f} s: {dict(Counter(kinds))}', flush=True)
        return []

    try:
        yield through
    finally:
        for writer in people:
            writer.close()

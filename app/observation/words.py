"""Words of a network: what its schools want the language coach to ask about, and what it is to leave alone."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.accounts.model import Facilitator
from app.announce import Announcer
from app.errors import BadInput, NotFound
from app.rounds.access import Access
from app.rounds.stages import Stage
from app.schools.model import Network, NetworkWords
from app.store import IndexWork, Store
from app.texts import _
from app.wording import worded

#: Code points of one word or phrase, and entries of one list: phones carry them.
LONGEST = 60
MOST = 200
#: Code points that are read of what was typed at once.
_MOST_TYPED = 20_000


class WordList(StrEnum):
    """The two lists; each is a field of `NetworkWords`."""

    FLAG = 'flag'
    LEAVE = 'leave'

    @property
    def other(self) -> 'WordList':
        """A word stands in one of the two."""
        return WordList.LEAVE if self is WordList.FLAG else WordList.FLAG


@dataclass(frozen=True, kw_only=True)
class Added:
    """What became of each word that was typed: new, there before (or typed twice), taken from the other list, none."""

    new: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    blank: int = 0


class WordService:
    """Every facilitator of the network reads and changes its words; phones hear of it at once."""

    def __init__(self, store: Store, announcer: Announcer, access: Access) -> None:
        self.store = store
        self.announcer = announcer
        self.access = access

    async def words(self, who: Facilitator) -> NetworkWords:
        """The words of the own network."""
        async with self.store.index() as work:
            return (await self._network(work, who)).words

    async def of_round(self, who: Facilitator, round_id: str) -> NetworkWords:
        """The words that hold in a round, for whoever may see it: those of the host's network."""
        await self.access.facilitator(who, round_id)
        async with self.store.index() as work:
            return await words_of_round(work, round_id)

    async def add(self, who: Facilitator, into: WordList, typed: str) -> Added:
        """Add words and phrases, one a line or separated by commas; a word of the other list is moved.

        Raises `BadInput`, and keeps nothing, for one that is too long, for more than `MOST`, or when there is no word.
        """
        async with self.store.index() as work:
            network = await self._network(work, who)
            words, blank = _read(typed)
            added, network = _with(network, into, words)
            await work.networks.put(network)
            rounds = await _open_rounds(work, network)
        self._announce(rounds)
        return replace(added, blank=blank)

    async def remove(self, who: Facilitator, of: WordList, word: str) -> None:
        """Take a word out; nothing happens when it is gone already."""
        async with self.store.index() as work:
            network = await self._network(work, who)
            left = tuple(kept for kept in getattr(network.words, of) if folded(kept) != folded(word))
            network = replace(network, words=replace(network.words, **{of: left}))
            await work.networks.put(network)
            rounds = await _open_rounds(work, network)
        self._announce(rounds)

    async def _network(self, work: IndexWork, who: Facilitator) -> Network:
        account = await self.access.accounts.account_in(work, who)
        network = await _network_of(work, account.school)
        if network is None:
            raise NotFound(_('There is no such school any more.'))
        return network

    def _announce(self, rounds: Iterable[str]) -> None:
        for round_id in rounds:
            self.announcer.announce(round_id, 'words')


async def words_of_round(work: IndexWork, round_id: str) -> NetworkWords:
    """The words of the network whose school this round belongs to; none for a round without a school."""
    head = await work.heads.get(round_id)
    network = await _network_of(work, head.school) if head else None
    return network.words if network else NetworkWords()


def folded(word: str) -> str:
    """Two spellings of one word are the same: capitals, kinds of quotation marks and dashes, white space."""
    plain = unicodedata.normalize('NFKC', word).casefold().translate(_ALIKE)
    return ' '.join(plain.split())


_ALIKE = str.maketrans({'‘': "'", '’': "'", '“': '"', '”': '"', '‐': '-', '‑': '-', '–': '-', '—': '-'})


def _read(typed: str) -> tuple[list[str], int]:
    """The words in their order, and how many entries held none. White space is folded; nothing is ever cut."""
    if len(typed) > _MOST_TYPED:
        raise BadInput(_('This is too much at once. Add fewer words, then the others.'), field='typed')
    entries = [' '.join(entry.split()) for entry in re.split(r'[\n\r,;]', typed)]
    words = [entry for entry in entries if any(character.isalnum() for character in entry)]
    if not words:
        raise BadInput(_('There is no word in this. Write words or phrases, one a line.'), field='typed')
    blank = len([entry for entry in entries if entry]) - len(words)
    what = _('“{word} …”')
    return [worded(word, LONGEST, what.format(word=word[:20]), lines=False, field='typed') for word in words], blank


def _with(network: Network, into: WordList, words: list[str]) -> tuple[Added, Network]:
    here = {folded(word): word for word in getattr(network.words, into)}
    there = {folded(word): word for word in getattr(network.words, into.other)}
    new: list[str] = []
    again: list[str] = []
    moved: list[str] = []
    for word in words:
        key = folded(word)
        if key in here:
            again.append(word)
            continue
        (moved if there.pop(key, None) else new).append(word)
        here[key] = word
    if len(here) > MOST:
        sentence = _('A list holds {most} words, and this would make {n}. Remove some first.')
        raise BadInput(sentence.format(most=MOST, n=len(here)), field='typed')
    lists = {into: tuple(here.values()), into.other: tuple(there.values())}
    added = Added(new=tuple(new), again=tuple(dict.fromkeys(again)), moved=tuple(moved))
    return added, replace(network, words=NetworkWords(**lists))


async def _network_of(work: IndexWork, school_id: str) -> Network | None:
    school = await work.schools.get(school_id) if school_id else None
    return await work.networks.get(school.network) if school else None


async def _open_rounds(work: IndexWork, network: Network) -> list[str]:
    """The rounds of the network on whose phones its words stand."""
    schools = {school.id for school in await work.schools.all(network=network.id)}
    over = (Stage.CLOSED, Stage.PURGED)
    return [head.id for head in await work.heads.all() if head.school in schools and head.stage not in over]

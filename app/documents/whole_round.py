"""A whole round as plain documents, and the identifiers in them: read, renamed, put.

A document is a model as plain data; documents refer to one another by id. The same table of references serves both
ways: an export gives every id the name it has in the file, an import gives every name a new id.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

from pydantic import TypeAdapter

from app.debrief.model import Ballot, Card, DebriefAct, Pattern, Pile, Prediction, Screen, Sorting, Vote
from app.observation.model import Note, NoteRevision, Observer
from app.rounds.model import Classroom, Group, Period, Round, Visit
from app.store import Collection, RoundWork
from app.theory.model import NextStep, Theory

from .model import Released, Version

Document = dict[str, Any]
Documents = dict[str, list[Document]]

#: Everything of a round but the tokens of its phones and what belongs to the accounts and the clock of one day. In this
#: order names are given.
MODELS: dict[str, type] = {
    'plans': Round,
    'periods': Period,
    'classrooms': Classroom,
    'groups': Group,
    'visits': Visit,
    'observers': Observer,
    'notes': Note,
    'revisions': NoteRevision,
    'cards': Card,
    'patterns': Pattern,
    'sortings': Sorting,
    'piles': Pile,
    'predictions': Prediction,
    'theories': Theory,
    'next_steps': NextStep,
    'votes': Vote,
    'ballots': Ballot,
    'screens': Screen,
    'released': Released,
    'versions': Version,
    'acts': DebriefAct,
}
KINDS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(model) for name, model in MODELS.items()}

#: Fields that hold an id (or several), and of what. `schools` are parts of the plan; a `pair` is a group and a
#: classroom; `any` is whatever has this name; visits and revisions are named by what they belong to.
REFERENCES: dict[str, dict[str, str]] = {
    'plans': {'id': 'round'},
    'periods': {'id': 'periods'},
    'classrooms': {'id': 'classrooms', 'period': 'periods'},
    'groups': {'id': 'groups'},
    'visits': {'group': 'groups', 'classroom': 'classrooms'},
    'observers': {'id': 'observers', 'school': 'schools', 'group': 'groups'},
    'notes': {'id': 'notes', 'observer': 'observers', 'group': 'groups', 'classroom': 'classrooms'},
    'revisions': {'note': 'notes'},
    'cards': {'id': 'cards', 'note': 'notes', 'group': 'groups', 'visit': 'pair', 'pattern': 'patterns'},
    'patterns': {'id': 'patterns'},
    'sortings': {'id': 'round', 'groups': 'groups', 'ready': 'groups'},
    'piles': {'id': 'piles', 'group': 'groups', 'cards': 'cards'},
    'predictions': {'id': 'predictions', 'patterns': 'patterns'},
    'theories': {'id': 'theories', 'patterns': 'patterns', 'group': 'groups'},
    'next_steps': {'id': 'next_steps', 'theories': 'theories'},
    'votes': {'id': 'votes', 'options': 'any'},
    'ballots': {'vote': 'votes', 'observer': 'observers', 'options': 'any'},
    'screens': {'id': 'round', 'focus': 'any', 'beside': 'any'},
    'released': {'id': 'round'},
    'versions': {},
    'acts': {'id': 'acts', 'chain': 'groups'},
}
ON_THE_WALL = ('cards', 'patterns', 'piles', 'predictions', 'theories', 'next_steps')


class Names:
    """A new name for every id; what has none yet gets one from `mint(kind, how many of this kind there are now)`."""

    def __init__(self, mint: Callable[[str, str, int], str]) -> None:
        self._mint = mint
        self.known: dict[str, dict[str, str]] = {}

    def give(self, kind: str, key: str, name: str) -> None:
        """Let `key` be called `name`."""
        self.known.setdefault(kind, {})[key] = name

    def of(self, kind: str, key: str) -> str:
        """The name; '' for no id."""
        if not key:
            return ''
        if kind == 'pair':
            group, _colon, classroom = key.partition(':')
            return f'{self.of("groups", group)}:{self.of("classrooms", classroom)}'
        if kind == 'any':
            return next((self.known[other][key] for other in ON_THE_WALL if key in self.known.get(other, {})), '')
        names = self.known.setdefault(kind, {})
        if key not in names:
            names[key] = self._mint(kind, key, len(names) + 1)
        return names[key]


async def read_whole(work: RoundWork) -> Documents:
    """All documents of a round, notes and acts in the round's own order."""
    found: Documents = {}
    for name, kind in KINDS.items():
        found[name] = [kind.dump_python(model, mode='json') for model in await in_work(work, name).all()]
    return found


async def put_whole(work: RoundWork, documents: Documents) -> None:
    """Put all documents into an empty round, and move its order on behind the last number that they use."""
    for name, kind in KINDS.items():
        for document in documents.get(name, []):
            await in_work(work, name).put(kind.validate_python(document))
    last = max(numbers_of(documents), default=0)
    while work.ledger.next_seq() < last:
        pass


def in_work(work: RoundWork, name: str) -> Collection[Any]:
    """The collection of this name."""
    return cast(Collection[Any], getattr(work, name))


def called(documents: Documents, names: Names) -> Documents:
    """The same documents under other names."""
    for name in MODELS:
        kind = REFERENCES[name].get('id')
        for document in documents.get(name, []):
            if kind:
                names.of(kind, document['id'])
            for school in document['schools'] if name == 'plans' else ():
                names.of('schools', school['id'])
    return {name: [_called(name, document, names) for document in documents.get(name, [])] for name in MODELS}


def references(collection: str, document: Document) -> Iterator[tuple[str, str, str]]:
    """(field, kind, id) of everything that a document refers to, its own id left out."""
    for field, kind in REFERENCES[collection].items():
        value = document.get(field)
        for key in value if isinstance(value, list | tuple) else [value]:
            if field == 'id' or not key or kind in ('any', 'round'):
                continue
            if kind == 'pair':
                group, _colon, classroom = key.partition(':')
                yield from ((field, 'groups', group), (field, 'classrooms', classroom))
            else:
                yield field, kind, key


def counted_anew(documents: Documents) -> Documents:
    """With the round's order counted 1, 2, 3 … where numbers were missing."""
    place = {number: n for n, number in enumerate(sorted(numbers_of(documents)), 1)}
    fields = {'notes': ('seq',), 'acts': ('seq', 'under', 'over')}
    return {
        name: [
            {**document, **{field: place.get(document[field], 0) for field in fields.get(name, ())}}
            for document in all_
        ]
        for name, all_ in documents.items()
    }


def numbers_of(documents: Documents) -> set[int]:
    """Every number of the round's order that is in use."""
    return {document['seq'] for name in ('notes', 'acts') for document in documents.get(name, [])}


def _called(collection: str, document: Document, names: Names) -> Document:
    new = dict(document)
    for field, kind in REFERENCES[collection].items():
        if field in new:
            value = new[field]
            many = isinstance(value, list | tuple)
            new[field] = [names.of(kind, key) for key in value] if many else names.of(kind, value)
    if collection == 'plans':
        new['schools'] = [{**school, 'id': names.of('schools', school['id'])} for school in new['schools']]
    elif collection == 'visits':
        new['id'] = f'{new["group"]}.{new["classroom"]}'
    elif collection == 'revisions':
        new['id'] = f'{new["note"]}.{new["rev"]}'
    elif collection == 'ballots':
        new['id'] = f'{new["vote"]}.{new["observer"]}'
    elif collection in ('released', 'versions'):
        new['outcome'] = {**new['outcome'], 'id': names.of('round', new['outcome']['id'])}
    elif collection == 'acts':
        new['changes'] = [_change_called(change, names) for change in new['changes']]
    return new


def _change_called(change: Document, names: Names) -> Document:
    collection = change['collection']
    sides = {side: change[side] and _called(collection, change[side], names) for side in ('before', 'after')}
    return {**change, 'key': names.of(REFERENCES[collection]['id'], change['key']), **sides}

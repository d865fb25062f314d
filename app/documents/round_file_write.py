"""A round as a file of the format `rounds/1`: the documented parts, and beside them every other field of ours.

Left out are what opens something (codes, tokens) and what belongs to this instance (sample or not, when it was closed:
after an import the days to the purge are counted anew). Names in the file are given in order, so the same round gives
the same file.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from .whole_round import Document, Documents, Names, called, counted_anew, references

FORMAT = 'rounds/1'
NOT_EXPORTED: dict[str, frozenset[str]] = {
    'plans': frozenset(('id', 'join_code', 'sample', 'closed_at')),
    'classrooms': frozenset(('code',)),
    'observers': frozenset(('return_code',)),
    'visits': frozenset(('id', 'group')),
    'revisions': frozenset(('id', 'note')),
    'ballots': frozenset(('id',)),
    'screens': frozenset(('id',)),
    'sortings': frozenset(('id',)),
}
_WORDS = {
    'round': 'round', 'schools': 'school', 'periods': 'period', 'classrooms': 'classroom', 'groups': 'group',
    'observers': 'observer', 'notes': 'note', 'cards': 'card', 'patterns': 'pattern', 'predictions': 'prediction',
    'theories': 'theory', 'next_steps': 'step', 'votes': 'vote', 'acts': 'act', 'piles': 'pile',
}  # fmt: skip


def written(documents: Documents) -> dict[str, Any]:
    """The file's content as plain data."""
    names = Names(lambda kind, _key, n: f'{_WORDS[kind]}-{n}')
    live = called(_in_order({**documents, 'acts': []}), names)
    there = {kind: set(known.values()) for kind, known in _known(live).items()}
    acts = called({'acts': documents.get('acts', [])}, names)['acts']
    whole = counted_anew({**live, 'acts': acts})
    parts: dict[str, Any] = {
        'format': FORMAT,
        'round': _round(whole['plans'][0]),
        'schools': whole['plans'][0]['schools'],
        'periods': [_clocked(period) for period in whole['periods']],
        'classrooms': [_renamed(_open(room, 'classrooms'), id='code') for room in whole['classrooms']],
        'observers': [_open(observer, 'observers') for observer in whole['observers']],
        'groups': [_group(group, whole) for group in whole['groups']],
        'notes': _notes(whole),
        'patterns': [_renamed(pattern, id='key') for pattern in whole['patterns']],
        'predictions': whole['predictions'],
        'theories_of_action': whole['theories'],
        'next_level_of_work': [_renamed(step, theories='theories_of_action') for step in whole['next_steps']],
    }
    more = {
        'visits': [
            _clocked({**_open(visit, 'visits'), 'group': visit['group']})
            for visit in whole['visits']
            if visit['group'] not in there.get('groups', ())
        ],
        'cards': _cards_without_note(whole),
        'revisions': [revision for revision in whole['revisions'] if revision['note'] not in there.get('notes', ())],
        'sortings': [_open(sorting, 'sortings') for sorting in whole['sortings']],
        'piles': whole['piles'],
        'votes': whole['votes'],
        'ballots': [_open(ballot, 'ballots') for ballot in whole['ballots']],
        'screens': [_open(screen, 'screens') for screen in whole['screens']],
        'released': whole['released'],
        'versions': whole['versions'],
        'acts': acts and whole['acts'],
        'gone': _gone(live, there),
    }
    return parts | {name: part for name, part in more.items() if part}


def _in_order(documents: Documents) -> Documents:
    """What the file holds inside something else, in that order."""
    notes = {note['id']: n for n, note in enumerate(documents['notes'])}
    groups = {group['id']: n for n, group in enumerate(documents['groups'])}
    inside: dict[str, Callable[[Document], Any]] = {
        'cards': lambda card: notes.get(card['note'], len(notes)),
        'revisions': lambda revision: (notes.get(revision['note'], len(notes)), revision['note'], revision['rev']),
        'visits': lambda visit: (groups.get(visit['group'], len(groups)), visit['start'], visit['end']),
    }
    return {name: sorted(all_, key=inside[name]) if name in inside else all_ for name, all_ in documents.items()}


def _known(documents: Documents) -> dict[str, dict[str, str]]:
    known = {name: {document['id']: document['id'] for document in all_} for name, all_ in documents.items()}
    known['schools'] = {school['id']: school['id'] for plan in documents['plans'] for school in plan['schools']}
    return known


def _gone(documents: Documents, there: dict[str, set[str]]) -> dict[str, list[str]]:
    """What documents still refer to though it was removed, so that a reader can tell it from a mistake."""
    gone: dict[str, dict[str, None]] = {}
    for name, all_ in documents.items():
        for document in all_:
            for _field, kind, key in references(name, document):
                if key not in there.get(kind, ()):
                    gone.setdefault(kind, {})[key] = None
    return {kind: list(keys) for kind, keys in sorted(gone.items())}


def _round(plan: Document) -> Document:
    host = next((school for school in plan['schools'] if school['host']), None)
    entry = _renamed(_open(plan, 'plans'), sizes='settings')
    del entry['schools']
    entry['host_school'] = host['id'] if host else None
    if host is None or host['name'] != plan['host_school']:
        entry['host_school_name'] = plan['host_school']
    return entry


def _group(group: Document, whole: Documents) -> Document:
    own = [visit for visit in whole['visits'] if visit['group'] == group['id']]
    return {
        **group,
        'observers': [observer['id'] for observer in whole['observers'] if observer['group'] == group['id']],
        'visits': [_clocked(_open(visit, 'visits')) for visit in own],
    }


def _notes(whole: Documents) -> list[Document]:
    cards: dict[str, Document] = {}
    for card in whole['cards']:
        cards.setdefault(card['note'], card)
    revisions: dict[str, list[Document]] = {}
    for revision in whole['revisions']:
        revisions.setdefault(revision['note'], []).append(_open(revision, 'revisions'))
    return [_note(note, cards.get(note['id']), revisions.get(note['id'], [])) for note in whole['notes']]


def _note(note: Document, card: Document | None, revisions: list[Document]) -> Document:
    entry = {**note, **_time(note['written_at'])}
    if revisions:
        entry['revisions'] = revisions
    if card is not None:
        entry['card'] = _card(card, note)
        entry['pattern'] = card['pattern'] if card['pattern'] and card['state'] == 'accepted' else None
    return entry


def _time(written_at: str) -> Document:
    try:
        return {'time': f'{dt.datetime.fromisoformat(written_at):%H:%M}'}
    except ValueError:
        return {}  # a label of some phone


def _card(card: Document, note: Document) -> Document:
    """What a card has beside its note; what it has from it is left out."""
    from_note = {'note': note['id'], **card_of_note(note)}
    entry = {field: value for field, value in card.items() if field not in from_note or from_note[field] != value}
    if card['state'] == 'accepted' or not card['pattern']:
        del entry['pattern']
    return entry


def card_of_note(note: Document) -> Document:
    """The fields that a card has from its note, unless it says otherwise."""
    visit = f'{note["group"]}:{note["classroom"]}'
    return {'text': note['text'], 'lens': note['lens'], 'group': note['group'], 'visit': visit}


def _cards_without_note(whole: Documents) -> list[Document]:
    """Samples that a purge left, and a second card of one note."""
    notes, left = {note['id'] for note in whole['notes']}, []
    for card in whole['cards']:
        if card['note'] not in notes:
            left.append(card)
        notes.discard(card['note'])
    return left


def _open(document: Document, collection: str) -> Document:
    return {field: value for field, value in document.items() if field not in NOT_EXPORTED[collection]}


def _renamed(document: Document, **names: str) -> Document:
    return {names.get(field, field): value for field, value in document.items()}


def _clocked(document: Document) -> Document:
    """Times as HH:MM."""
    return {**document, 'start': document['start'][:5], 'end': document['end'][:5]}

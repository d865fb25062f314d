"""Whole rounds drawn by hypothesis: everything that a round can hold, in any script, with its history."""

import datetime as dt
import itertools
import unicodedata

from hypothesis import strategies as st

from app.debrief.model import (
    Ballot,
    Card,
    CardState,
    Change,
    DebriefAct,
    Pattern,
    Pile,
    Prediction,
    Screen,
    Share,
    Sorting,
    Vote,
    VoteOn,
)  # fmt: skip
from app.documents.model import Released
from app.documents.outcome import Outcome
from app.documents.whole_round import KINDS
from app.observation.model import Note, NoteRevision, Observer
from app.rounds.model import LENSES, Classroom, Group, LensPreset, Period, Round, RoundSchool, Sizes, Visit
from app.rounds.stages import ORDER, Act, Stage
from app.theory.model import Horizon, Level, NextStep, Theory


def as_kept(text):
    """As the app keeps text: composed, without control characters."""
    kept = ''.join(c for c in text if c in '\n\t' or unicodedata.category(c) not in ('Cc', 'Cs'))
    return unicodedata.normalize('NFC', kept)


WORDS = (
    '7 of 24 wrote “because”',
    '🧮 S1: ½ × ¾',
    'שלום לכולם',
    'مرحبا',
    'ﬁn',
    '<b>&amp;',
    'line\nbreak',
    '\u202eabc',
    '=1+1',
)
texts = st.one_of(st.sampled_from(WORDS), st.text(max_size=12).map(as_kept))
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC))
days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
times = st.integers(8 * 60, 15 * 60).map(lambda n: dt.time(n // 60, n % 60))


def ids(word, n):
    return [f'{word}{"x" * 20}{k}' for k in range(n)]


@st.composite
def whole_rounds(draw):
    """A dict of collection → models, all references kept, but for some that point to what was removed."""
    some = lambda least, most: draw(st.integers(least, most))  # noqa: E731
    flag = st.booleans()
    schools = tuple(
        RoundSchool(id=key, name=draw(texts) or 'A school', host=n == 0)
        for n, key in enumerate(ids('school', some(0, 3)))
    )
    periods = [
        Period(id=key, name=draw(texts), start=draw(times), end=draw(times)) for key in ids('period', some(0, 3))
    ]
    classrooms = [
        Classroom(
            id=key,
            number=n * 2,
            room=draw(texts),
            subject=draw(texts),
            period=draw(st.sampled_from(['', *(period.id for period in periods)])),
            students=draw(st.none() | st.integers(0, 40)),
            no_devices=draw(flag),
            left_out=draw(flag),
            cover=draw(flag),
            code=f'CODE{n:02}',
        )
        for n, key in enumerate(ids('classroom', some(1, 4)), 1)
    ]
    groups = [
        Group(id=key, number=n, name=draw(texts), size=some(0, 6)) for n, key in enumerate(ids('group', some(1, 3)), 1)
    ]
    visits = [
        Visit(id=f'{group.id}.{room.id}', group=group.id, classroom=room.id, start=draw(times), end=draw(times))
        for group in groups
        for room in classrooms
        if draw(flag)
    ]
    stage = draw(st.sampled_from(ORDER))
    over = stage is Stage.PURGED  # then nobody and no note is left
    observers = [
        Observer(
            id=key,
            display_name=draw(texts),
            school=draw(st.sampled_from([school.id for school in schools])) if schools else '',
            role=draw(texts),
            group=draw(st.sampled_from(['', *(group.id for group in groups)])),
            return_code='SECRET',
            unsent=some(0, 3),
            unsent_at=draw(st.none() | moments),
            joined_at=draw(st.none() | moments),
        )
        for key in ids('observer', 0 if over else some(1, 4))
    ]
    seqs = itertools.count(some(1, 3), some(1, 3))
    notes = [
        Note(
            id=key,
            rev=some(1, 3),
            observer=draw(st.sampled_from([observer.id for observer in observers] + ['an observer who is gone'])),
            group=draw(st.sampled_from(['', *(group.id for group in groups)])),
            classroom=draw(st.sampled_from([room.id for room in classrooms])),
            lens=draw(st.sampled_from([None, 'teacher', 'task', 'a lens of before'])),
            text=draw(texts),
            written_at=draw(st.sampled_from(['', '2026-03-11T09:05:00+01:00', 'half past nine'])),
            received_at=draw(moments),
            seq=next(seqs),
            chosen=draw(flag),
            deleted=draw(flag),
            late=draw(flag),
        )
        for key in ids('note', 0 if over else some(0, 6))
    ]
    revisions = [
        NoteRevision(
            id=f'{note.id}.{rev}', note=note.id, rev=rev, lens=None, text=draw(texts), received_at=draw(moments)
        )
        for note in notes
        for rev in range(1, note.rev)
    ]
    patterns = [
        Pattern(id=key, title=draw(texts), summary=draw(texts), exception=draw(texts), place=some(0, 9))
        for key in ids('pattern', some(0, 3))
    ]
    gone = ['', 'a pattern that is gone', *(pattern.id for pattern in patterns)]
    own = [note for note in notes if (note.chosen and not note.deleted) or draw(flag)]
    cards = [
        Card(
            id=key,
            note=note.id if note else '',
            group=note.group if note else '',
            visit=note.visit if note else '',
            text=draw(st.just(note.text) | texts) if note else draw(texts),
            place=some(0, 2**53),
            lens=draw(st.just(note.lens) | st.none()) if note else None,
            state=draw(st.sampled_from(CardState)),
            reason=draw(texts),
            dotted=draw(flag),
            late=draw(flag),
            pattern=draw(st.sampled_from(gone)),
        )
        for key, note in zip(ids('card', 20), draw(st.permutations([*own, *own[:1], None])), strict=False)
    ]
    piles = [
        Pile(
            id=key,
            group=draw(st.sampled_from(groups)).id,
            cards=tuple(card.id for card in cards if draw(flag)),
            name=draw(texts),
            place=n,
        )
        for n, key in enumerate(ids('pile', some(0, 2) if groups else 0))
    ]
    sorting = Sorting(
        id='the round',
        open=draw(flag),
        share=draw(st.sampled_from(Share)),
        groups=tuple(group.id for group in groups if draw(flag)),
        ready=tuple(group.id for group in groups if draw(flag)),
    )
    cited = st.lists(st.sampled_from(gone[1:]), max_size=2, unique=True).map(tuple)
    predictions = [
        Prediction(id=key, text=draw(texts), patterns=draw(cited), place=n)
        for n, key in enumerate(ids('prediction', some(0, 2)))
    ]
    theories = [
        Theory(
            id=key,
            when=draw(texts),
            so=draw(texts),
            then=draw(texts),
            level=draw(st.sampled_from(Level)),
            wrong_if=draw(texts),
            look_again=draw(st.none() | days),
            patterns=draw(cited),
            relates_to=draw(texts),
            group=draw(st.sampled_from(['', *(group.id for group in groups)])),
            place=n,
        )
        for n, key in enumerate(ids('theory', some(0, 2)))
    ]
    next_steps = [
        NextStep(
            id=key,
            horizon=draw(st.sampled_from(Horizon)),
            owner=draw(st.sampled_from(Level)),
            text=draw(texts),
            theories=tuple(theory.id for theory in theories if draw(flag)),
            taken_up=draw(flag),
            place=n,
        )
        for n, key in enumerate(ids('step', some(0, 2)))
    ]
    on_the_wall = {'cards': cards, 'patterns': patterns, 'piles': piles}
    on_the_wall |= {'predictions': predictions, 'theories': theories}
    plain = [
        (name, KINDS[name].dump_python(model, mode='json')) for name, all_ in on_the_wall.items() for model in all_
    ]
    acts = []
    for key in ids('act', some(0, 4)):
        changes = tuple(
            Change(
                collection=name,
                key=document['id'],
                before=draw(st.sampled_from([None, document])),
                after=draw(st.sampled_from([None, document])),
            )
            for name, document in (draw(st.lists(st.sampled_from(plain), max_size=3)) if plain else [])
        )
        acts.append(
            DebriefAct(
                id=key,
                seq=next(seqs),
                kind=draw(st.sampled_from([Act.SORT.value, 'undo', 'redo'])),
                sentence=draw(texts),
                at=draw(moments),
                changes=changes,
                undone=draw(flag),
                under=draw(st.sampled_from([0, *(act.seq for act in acts)])),
                turn=draw(st.sampled_from(['', 'undo', 'redo'])),
                chain=draw(st.sampled_from(['', *(group.id for group in groups)])),
            )
        )
    votes = [
        Vote(
            id=key,
            on=VoteOn.PATTERNS,
            options=tuple(pattern.id for pattern in patterns),
            dots=2,
            place=n,
            closed=draw(flag),
            hands=tuple(some(0, 9) for _pattern in patterns),
        )
        for n, key in enumerate(ids('vote', some(0, 2)))
    ]
    ballots = [
        Ballot(
            id=f'{vote.id}.{observer.id}',
            vote=vote.id,
            observer=observer.id,
            options=vote.options[:1],
            abstained=draw(flag),
        )
        for vote in votes
        for observer in observers[:2]
    ]
    plan = Round(
        id='the round',
        title=draw(texts) or 'A round',
        network=draw(texts),
        host_school=schools[0].name if schools and draw(flag) else draw(texts),
        date=draw(days),
        timezone=draw(st.sampled_from(['UTC', 'Europe/London', 'Australia/Melbourne'])),
        stage=stage,
        problem_of_practice=draw(texts),
        focus_statements=tuple(draw(st.lists(texts, max_size=2))),
        lenses=LENSES[draw(st.sampled_from(LensPreset))],
        schools=schools,
        sizes=Sizes(minutes=some(5, 40), visits_per_group=some(1, 9), days_kept=some(0, 90)),
        join_code='JOINME',
        sample=draw(flag),
        closed_at=draw(st.none() | moments),
    )
    if plan.stage is Stage.PURGED:
        plan = KINDS['plans'].validate_python(
            {**KINDS['plans'].dump_python(plan, mode='json'), 'purged_at': draw(moments).isoformat()}
        )
    outcome = Outcome(id=plan.id, title=plan.title, school=plan.host_school, network=plan.network, date=plan.date)
    return {
        'plans': [plan],
        'periods': periods,
        'classrooms': classrooms,
        'groups': groups,
        'visits': draw(st.permutations(visits)),
        'observers': observers,
        'notes': notes,
        'revisions': revisions,
        'cards': cards,
        **{'patterns': patterns, 'predictions': predictions, 'theories': theories, 'next_steps': next_steps},
        'acts': acts,
        'sortings': [sorting] if draw(flag) else [],
        'piles': piles,
        'votes': votes,
        'ballots': ballots,
        'screens': [Screen(id=plan.id, page=some(0, 3), focus=cards[0].id if cards else '', dark=draw(flag))],
        'released': [Released(id=plan.id, at=draw(moments), outcome=outcome)] if draw(flag) else [],
    }

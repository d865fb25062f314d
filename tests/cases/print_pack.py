"""A plan to print: the sample round's."""

import datetime as dt
from dataclasses import replace

from app.documents.print_pack.material import Material
from app.pdf.sizes import Paper
from app.rounds.model import Visit
from tests.cases.sample_round import sample_models, sample_periods


def sample_material(paper: Paper = Paper.A4, **changes: object) -> Material:
    """The sample round with three rooms a group, one after the other; `changes` go into the round."""
    models = sample_models(paper=paper, **changes)
    rooms, groups = models['classrooms'], tuple(replace(group, size=4) for group in models['groups'])
    visits = [
        Visit(
            id=f'{group.id}-{n}',
            group=group.id,
            classroom=rooms[(place * 3 + n) % len(rooms)].id,
            start=dt.time(9 + n),
            end=dt.time(9 + n, 20),
        )
        for place, group in enumerate(groups)
        for n in range(3)
    ]
    pairs = [(visit.group, visit.classroom) for visit in visits]
    return Material(
        round=models['round'],
        classrooms=tuple(rooms),
        periods=tuple(sample_periods()),
        groups=groups,
        visits=tuple(visits),
        address='https://rounds.example.org',
        lesson_codes={room.id: f'LS{n:02}XY' for n, room in enumerate(rooms)},
        sheet_codes={pair: f'SH{n:02}XY' for n, pair in enumerate(pairs)},
    )

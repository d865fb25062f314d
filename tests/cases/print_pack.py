"""Plans to print: the sample round's, and one of long words and many scripts."""

import datetime as dt
from dataclasses import replace

from app.documents.print_pack.material import Material
from app.pdf.sizes import Paper
from app.rounds.model import Visit
from tests.cases.sample_round import sample_models, sample_periods

#: What schools are called and write, in the scripts of those who use this, and words that no line holds.
WORDS = (
    'Ysgol Gyfun Gŵyr · Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
    'Läranderond på Västra Ängsskolan i Örnsköldsvik',
    'Zażółć gęślą jaźń w Szkole Podstawowej',
    'Trường Trung học Phổ thông Nguyễn Thị Minh Khai',
    'Οι μαθητές εξηγούν ο ένας στον άλλον',
    'Ученики объясняют друг другу',
    'مدرسة الأمل 😀 الثانوية',
    'Undervisningsgruppsammansättningsförändringsdiskussionsprotokollförarens',
)


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


def wordy_material(paper: Paper = Paper.A4) -> Material:
    """The same with `WORDS` in every field that somebody types."""
    plain = sample_material(
        paper, title=WORDS[1], host_school=WORDS[0], problem_of_practice=' '.join(WORDS), focus_statements=WORDS
    )
    return replace(
        plain,
        classrooms=tuple(
            replace(
                room,
                room=WORDS[n % 8],
                subject=WORDS[(n + 1) % 8],
                year_group=WORDS[(n + 2) % 8],
                no_devices=n % 2 == 0,
            )
            for n, room in enumerate(plain.classrooms)
        ),
        groups=tuple(replace(group, name=WORDS[(n + 3) % 8]) for n, group in enumerate(plain.groups)),
    )

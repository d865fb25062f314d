"""The page of whoever teaches in a room that is visited: what visitors do, how to say no, what was noted."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import Response

from app.errors import RoundsError
from app.observation.lessons import Lesson
from app.rounds.clock import day_in_words
from app.rounds.lenses import lens_names
from app.services import Services
from app.texts import _, ngettext
from components import plain
from components.plain import Field, Markup
from pages import who_asks


def register(services: Services, outer: FastAPI) -> None:
    """`/lesson`: the code is typed, or comes in the fragment of the slip's address, so that no log holds it."""

    @outer.get('/lesson', include_in_schema=False)
    async def ask() -> Response:
        return who_asks.plain(_ask())

    @outer.post('/lesson', include_in_schema=False)
    async def show(request: Request) -> Response:
        return await _answer(request, services.lessons.lesson)

    @outer.post('/lesson/no', include_in_schema=False)
    async def say_no(request: Request) -> Response:
        return await _answer(request, services.lessons.say_no)

    async def _answer(request: Request, opened: Callable[..., Awaitable[Lesson]]) -> Response:
        code = (await who_asks.typed(request, ('code',)))['code']
        try:
            lesson = await opened(code, address=who_asks.asks_from(request, services))
        except RoundsError as error:
            return who_asks.plain(_ask(code, error.sentence), error.status)
        return who_asks.plain(_page(lesson, code))


def _ask(code: str = '', problem: str = '') -> str:
    field = Field(
        name='code',
        label=_('The code of your lesson'),
        value=code,
        hint=_('Six characters, on your slip.'),
        focus=True,
        classes='short-code',
    )
    return plain.document(
        _('Visitors in your lesson'),
        plain.opening(_('Visitors in your lesson'), _('Read what was noted there, or leave it out of the round.')),
        plain.problem(problem),
        plain.sheet(plain.form('/lesson', field, button=_('Open'))),
    )


def _page(lesson: Lesson, code: str) -> str:
    room = lesson.classroom
    day = day_in_words(lesson.round.date)
    where = ' · '.join(part for part in (room.room, room.subject, room.year_group) if part)
    return plain.document(
        _('Visitors in your lesson'),
        plain.opening(_('Visitors in your lesson'), f'{lesson.round.host_school} · {day} · {where}'),
        plain.done(_('Your lesson has been left out: nobody will visit it.') if room.left_out else ''),
        _what_they_do(lesson),
        _notes(lesson),
        *([] if room.left_out or lesson.readable else [_no(code)]),
    )


def _what_they_do(lesson: Lesson) -> Markup:
    days = lesson.round.sizes.days_kept
    kept = ngettext(
        'All notes are deleted {n} day after the close.',
        'All notes are deleted {n} days after the close.',
        days,
    ).format(n=days)
    return plain.section(
        _('What the visitors do'),
        plain.text(
            _('They sit there for some minutes and write down what they see and hear: description, no judgement.')
        ),
        plain.text(_('They note no names and take no pictures. Nothing is about a person, and nobody is graded.')),
        plain.text(_('On the wall and in every document a note stands without room, subject and time.')),
        plain.text(kept),
    )


def _notes(lesson: Lesson) -> Markup:
    if not lesson.readable:
        return plain.section(
            _('The notes of your lesson'),
            plain.text(_('You can read them here from when the visits are over until they are deleted.')),
        )
    if not lesson.notes:
        return plain.section(_('The notes of your lesson'), plain.text(_('No note was made in your lesson.')))
    return plain.section(
        _('The notes of your lesson'),
        plain.text(_('In no order, without authors. Read each as one thing that somebody saw or heard, and no more.')),
        plain.listed(plain.line(note.text, lens_names().get(note.lens, '')) for note in lesson.notes),
    )


def _no(code: str) -> Markup:
    return plain.section(
        _('If you would rather not'),
        plain.text(_('No reason is asked for. Your lesson leaves the rota at once, and visitors go elsewhere.')),
        plain.form(
            '/lesson/no',
            Field(name='code', label='', kind='hidden', value=code),
            button=_('Leave my lesson out'),
            quiet=True,
        ),
    )

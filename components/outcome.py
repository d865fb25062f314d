"""The outcome document as a page: the same content as the PDF, in headings, lists and tables."""

import datetime as dt
from collections.abc import Callable, Sequence

from babel.dates import format_date
from nicegui import ui

from app.documents.outcome import Outcome, PrintedPattern, PrintedStep, PrintedTheory
from app.texts import _, language, ngettext
from app.theory.model import Horizon, Level
from components.layout import heading, paragraph, text


def draw_outcome(outcome: Outcome) -> None:
    """Everything that the document prints, in its order."""
    with ui.element('article').classes('outcome'):
        _draw_head(outcome)
        _draw_numbers(outcome)
        _draw_patterns(outcome)
        _draw_predictions(outcome)
        _draw_theories(outcome)
        _draw_next_level(outcome)
        _draw_deleted(outcome)


def _draw_head(outcome: Outcome) -> None:
    with ui.element('section'):
        paragraph(outcome.network, 'soft')
        heading(outcome.title)
        paragraph(f'{outcome.school} · {_day(outcome.date)}', 'lead')
        if outcome.visitors:
            paragraph(_('Visitors from: {schools}').format(schools=' · '.join(outcome.visitors)), 'soft')
        if outcome.sample:
            paragraph(_('A sample round, written to show the product; no such school exists.'), 'soft')
        elif outcome.closed_on is None:
            paragraph(_('The round is not closed yet: this is how it stands.'), 'waiting')
        if outcome.problem_of_practice:
            heading(_('Problem of practice'), 2)
            paragraph(outcome.problem_of_practice, 'lead')
        if outcome.focus_statements:
            heading(_('What visitors looked for'), 2)
            _list(outcome.focus_statements)
    with ui.element('section'):
        heading(_('How to read this'), 2)
        paragraph(
            _(
                'Visitors wrote down what they saw and heard. This describes teaching and learning on one day; it '
                'judges nobody and is not about any one lesson. Rooms, times and names are left out on purpose.'
            )
        )
        paragraph(
            _(
                'The number of visits matters more than the number of cards: it says in how many places the same was '
                'seen. Each theory of action says how we would know that we were wrong.'
            )
        )


def _draw_numbers(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('The round in numbers'), 2)
        with ui.element('ul').classes('numbers'):
            for number, name in outcome.numbers.in_words():
                with ui.element('li'):
                    text('b', str(number), 'num')
                    text('span', name)


def _draw_patterns(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Patterns'), 2)
        if not outcome.patterns:
            paragraph(_('No pattern can be printed yet.'), 'soft')
        for pattern in outcome.patterns:
            _draw_pattern(pattern)
        if outcome.left_out:
            sentence = ngettext(
                '{n} pattern is left out because it rests on fewer than {least} visits.',
                '{n} patterns are left out because they rest on fewer than {least} visits each.',
                outcome.left_out,
            )
            paragraph(sentence.format(n=outcome.left_out, least=outcome.printed_from_visits), 'soft')


def _draw_pattern(pattern: PrintedPattern) -> None:
    with ui.element('section'):
        heading(f'{pattern.number}  {pattern.title or _("(no name)")}', 3)
        cards = ngettext('{n} card', '{n} cards', pattern.cards).format(n=pattern.cards)
        visits = ngettext('{n} visit', '{n} visits', pattern.visits).format(n=pattern.visits)
        paragraph(f'{cards} · {visits}', 'soft num')
        if pattern.summary:
            paragraph(pattern.summary)
        for sample in pattern.samples:
            with ui.element('blockquote'):
                paragraph(sample.text)
        if pattern.exception:
            paragraph(_('Exception: {text}').format(text=pattern.exception), 'exception')


def _draw_predictions(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Predictions'), 2)
        paragraph(
            _(
                'If you were a student at this school and did everything you were asked to do, '
                'what would you know and be able to do?'
            ),
            'soft',
        )
        if not outcome.predictions:
            paragraph(_('No prediction was written.'), 'soft')
        for prediction in outcome.predictions:
            with ui.element('div'):
                paragraph(prediction.text)
                paragraph(_rests_on(prediction.patterns, prediction.unprinted), 'soft small')


def _draw_theories(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Theories of action'), 2)
        if not outcome.theories:
            paragraph(_('No theory of action was written.'), 'soft')
        for theory in outcome.theories:
            _draw_theory(theory)


def _draw_theory(theory: PrintedTheory) -> None:
    with ui.element('section').classes('theory sheet'):
        heading(_('Theory of action {n}').format(n=theory.number), 3)
        with ui.element('dl'):
            for name, words in ((_('When'), theory.when), (_('so'), theory.so), (_('then'), theory.then)):
                text('dt', name)
                text('dd', words or _('not written yet'))
        paragraph(_('Whose work: {level}').format(level=level_name(theory.level)), 'small')
        wrong_if = theory.wrong_if or _('not written yet')
        paragraph(_('We would know that we were wrong if: {text}').format(text=wrong_if), 'small')
        if theory.look_again:
            paragraph(_('Look again on: {date}').format(date=_day(theory.look_again)), 'small')
        paragraph(_rests_on(theory.patterns, theory.unprinted), 'small')
        if theory.relates_to:
            paragraph(_('Relates to: {text}').format(text=theory.relates_to), 'small')


def _draw_next_level(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Next level of work'), 2)
        if not outcome.next_steps:
            paragraph(_('No next step was written.'), 'soft')
            return
        with ui.element('div').classes('scrolls').props('tabindex=0 role=region') as scrolls, ui.element('table'):
            scrolls.props['aria-label'] = _('Next steps by horizon and owner')
            _row('th', ['', *(level_name(level) for level in Level)], text)
            for horizon in Horizon:
                with ui.element('tr'):
                    text('th', horizon_name(horizon)).props('scope=row')
                    for level in Level:
                        with ui.element('td'):
                            _draw_steps(outcome.next_steps, horizon, level)


def _row(cell: str, names: Sequence[str], draw: Callable[..., ui.element]) -> None:
    with ui.element('tr'):
        for name in names:
            draw(cell if name else 'td', name).props('scope=col' if name else '')


def _draw_steps(steps: Sequence[PrintedStep], horizon: Horizon, owner: Level) -> None:
    for step in steps:
        if (step.horizon, step.owner) == (horizon, owner):
            paragraph(step.text)
            more = [_('taken up')] if step.taken_up else []
            if step.theories:
                more.append(_('theory {numbers}').format(numbers=', '.join(map(str, step.theories))))
            if more:
                paragraph(('✓ ' if step.taken_up else '') + ' · '.join(more), 'soft small')


def _draw_deleted(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('What is deleted, and when'), 2)
        paragraph(_deletion(outcome))
        paragraph(
            _(
                'What stays: patterns, predictions, theories of action and next steps, and the cards that are quoted '
                'here. The server’s operator decides how long backups are kept.'
            )
        )


def _deletion(outcome: Outcome) -> str:
    if outcome.purged:
        return _('All raw notes, observers’ names and cards that are not quoted here have been deleted.')
    if outcome.deleted_on is not None:
        sentence = _('All raw notes, observers’ names and cards that are not quoted here are deleted on {date}.')
        return sentence.format(date=_day(outcome.deleted_on))
    sentence = ngettext(
        'All raw notes, observers’ names and cards that are not quoted here are deleted {n} day after the close.',
        'All raw notes, observers’ names and cards that are not quoted here are deleted {n} days after the close.',
        outcome.days_kept,
    )
    return sentence.format(n=outcome.days_kept)


def _rests_on(patterns: Sequence[int], unprinted: int) -> str:
    said = [_('pattern {numbers}').format(numbers=', '.join(map(str, patterns)))] if patterns else []
    if unprinted:
        more = ngettext(
            '{n} pattern that was seen on too few visits to be printed',
            '{n} patterns that were seen on too few visits to be printed',
            unprinted,
        )
        said.append(more.format(n=unprinted))
    return _('Rests on: {what}').format(what=_(', and ').join(said) or _('nothing yet'))


def level_name(level: Level) -> str:
    """Whose work it is, in words."""
    return {Level.TEACHERS: _('Teachers'), Level.LEADERS: _('Leaders'), Level.NETWORK: _('Network')}[level]


def horizon_name(horizon: Horizon) -> str:
    """By when, in words."""
    return {
        Horizon.NEXT_WEEK: _('Next week'),
        Horizon.NEXT_MONTH: _('Next month'),
        Horizon.YEAR: _('By the end of the year'),
    }[horizon]


def _list(lines: Sequence[str]) -> None:
    with ui.element('ul'):
        for line in lines:
            text('li', line)


def _day(date: dt.date) -> str:
    return str(format_date(date, 'd MMMM y', locale=language.get()))

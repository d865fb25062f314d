"""The outcome document as a page: the same content as the PDF, in headings, lists, tables and charts of plain HTML."""

from collections.abc import Sequence

from nicegui import ui

from app.documents import words
from app.documents.outcome import Outcome, PrintedPattern, PrintedTheory
from app.rounds.lenses import lens_name
from app.rounds.norms import norms
from app.texts import _, ngettext
from app.theory.model import Horizon, Level
from components.layout import heading, paragraph, text


def draw_outcome(outcome: Outcome) -> None:
    """Everything that the document prints, in its order; what is to be pinned up is paper's alone."""
    with ui.element('article').classes('outcome'):
        _draw_head(outcome)
        _draw_numbers(outcome)
        _draw_patterns(outcome)
        _draw_predictions(outcome)
        _draw_theories(outcome)
        _draw_next_level(outcome)
        _draw_closing(outcome)


def _draw_head(outcome: Outcome) -> None:
    with ui.element('section').classes('outcome-cover'):
        if outcome.logo:
            logo = ui.element('img').classes('logo').props(f'src="data:image/png;base64,{outcome.logo}"')
            logo.props['alt'] = _('Logo of {school}').format(school=outcome.school)
        paragraph(outcome.network, 'soft')
        heading(outcome.school)
        paragraph(f'{_("Outcome of the instructional round")} · {words.day(outcome.date)}', 'lead')
        if outcome.problem_of_practice or outcome.focus_statements:
            with ui.element('div').classes('focus'):
                if outcome.problem_of_practice:
                    heading(_('Problem of practice'), 2)
                    paragraph(outcome.problem_of_practice, 'lead')
                if outcome.focus_statements:
                    heading(_('What visitors looked for'), 2)
                    _list(outcome.focus_statements)
        if outcome.visitors:
            paragraph(_('Visitors from: {schools}').format(schools=' · '.join(outcome.visitors)), 'soft')
        paragraph(words.standing(outcome), 'soft' if outcome.version else 'waiting')
        if outcome.sample:
            paragraph(words.made_up(), 'soft')
    with ui.element('section'):
        heading(_('How to read this'), 2)
        for sentence in words.how_to_read():
            paragraph(sentence)
    if outcome.version >= 2:
        with ui.element('section'):
            heading(_('What is new in this version'), 2)
            _list(outcome.changes)


def _draw_numbers(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('The round in numbers'), 2)
        with ui.element('ul').classes('numbers'):
            for number, name in outcome.numbers.in_words():
                with ui.element('li'):
                    text('b', f'{number:,}', 'num')
                    text('span', name)
        if outcome.lenses:
            rows = [(lens_name(one.lens), one.cards, str(one.cards)) for one in outcome.lenses]
            _bars(_('Cards on the wall by lens'), rows, outcome.numbers.cards)


def _draw_patterns(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Patterns'), 2)
        if not outcome.patterns:
            paragraph(_('No pattern can be printed yet.'), 'soft')
        for pattern in outcome.patterns:
            _draw_pattern(pattern, outcome)
        for sentence in words.left_out(outcome):
            paragraph(sentence, 'soft')


def _draw_pattern(pattern: PrintedPattern, outcome: Outcome) -> None:
    with ui.element('section').props(f'id=pattern-{pattern.number}').classes('pattern'):
        heading(f'{pattern.number}  {pattern.title or words.no_name()}', 3)
        paragraph(words.counts(pattern, outcome), 'soft num')
        if pattern.summary:
            paragraph(pattern.summary)
        with ui.element('ul').classes('quotations'):
            for sample in pattern.samples:
                with ui.element('li'):
                    text('span', lens_name(sample.lens), 'soft small')
                    with ui.element('blockquote'):
                        paragraph(sample.text).props('dir=auto')
        if not pattern.samples:
            paragraph(words.none_quoted(), 'soft')
        if pattern.exception:
            paragraph(_('Exception: {text}').format(text=pattern.exception), 'exception')


def _draw_predictions(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Predictions'), 2)
        paragraph(words.question(), 'lead soft')
        if not outcome.predictions:
            paragraph(_('No prediction was written.'), 'soft')
        with ui.element('ul').classes('predictions'):
            for prediction in outcome.predictions:
                with ui.element('li'):
                    paragraph(prediction.text or words.not_written())
                    cited = words.rests_on(prediction.patterns, prediction.unprinted)
                    if cited:
                        paragraph(f'{_("Rests on:")} {cited}', 'soft small')


def _draw_theories(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Theories of action'), 2)
        if not outcome.theories:
            paragraph(_('No theory of action was written.'), 'soft')
        if any(theory.visits for theory in outcome.theories):
            rows = [
                (
                    _('Theory {n}').format(n=theory.number),
                    theory.visits,
                    ngettext('{n} visit', '{n} visits', theory.visits).format(n=theory.visits),
                )
                for theory in outcome.theories
            ]
            _bars(_('Visits behind each theory'), rows, outcome.numbers.visits)
        for theory in outcome.theories:
            _draw_theory(theory, outcome)


def _draw_theory(theory: PrintedTheory, outcome: Outcome) -> None:
    with ui.element('section').classes('theory sheet'):
        heading(_('Theory of action {n}').format(n=theory.number), 3)
        with ui.element('dl'):
            for name, said in ((_('When'), theory.when), (_('so'), theory.so), (_('then'), theory.then)):
                text('dt', name)
                text('dd', said or words.not_written())
        for name, said in words.facts(theory):
            paragraph(f'{name} {said}', 'small')
        paragraph(f'{_("Evidence trail:")} {words.behind(theory, outcome)}', 'small')
        if theory.patterns:
            _draw_trail(theory, outcome)


def _draw_trail(theory: PrintedTheory, outcome: Outcome) -> None:
    name = _('What theory of action {n} rests on').format(n=theory.number)
    with _table(name, (_('Pattern'), _('What was seen'), _('Cards'), _('Visits'))):
        for number in theory.patterns:
            pattern = outcome.patterns[number - 1]
            with ui.element('tr'):
                text('td', str(number), 'num')
                with ui.element('td'):
                    ui.link(pattern.title or words.no_name(), f'#pattern-{number}')
                text('td', str(pattern.cards), 'num')
                text('td', str(pattern.visits), 'num')


def _draw_next_level(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('Next level of work'), 2)
        if not outcome.next_steps:
            paragraph(_('No next step was written.'), 'soft')
        for horizon in Horizon:
            steps = [step for step in outcome.next_steps if step.horizon is horizon]
            if steps:
                heading(words.horizon_name(horizon), 3)
                heads = (_('Whose work'), _('What'), _('Rests on'), _('Taken up'))
                with _table(words.horizon_name(horizon), heads):
                    for step in sorted(steps, key=lambda step: list(Level).index(step.owner)):
                        with ui.element('tr'):
                            text('td', words.level_name(step.owner))
                            text('td', step.text or words.not_written())
                            text('td', words.theories_named(step.theories) if step.theories else '–')
                            text('td', f'✓ {_("taken up")}' if step.taken_up else _('not yet'))


def _draw_closing(outcome: Outcome) -> None:
    with ui.element('section'):
        heading(_('What visitors agreed on'), 2)
        _list(norms())
    with ui.element('section'):
        heading(_('What is kept, and what is deleted when'), 2)
        for sentence in (words.data_statement(), *words.deletion(outcome)):
            paragraph(sentence)


def _bars(name: str, rows: Sequence[tuple[str, int, str]], whole: int) -> None:
    """A chart that is a list: each bar has its value beside it in words, so nothing has to be described again."""
    most = max(whole, *(value for _name, value, _words in rows), 1)
    with ui.element('figure').classes('bars'):
        text('figcaption', name)
        with ui.element('ul'):
            for label, value, said in rows:
                with ui.element('li'):
                    text('span', label)
                    with ui.element('span').classes('bar').props('aria-hidden=true'):
                        ui.element('span').style(f'width: {100 * value / most:.1f}%')
                    text('b', said, 'num')


def _table(name: str, heads: Sequence[str]) -> ui.element:
    """A table with a head; on a narrow screen it scrolls by itself, also by keyboard."""
    with ui.element('div').classes('scrolls').props('tabindex=0 role=region') as scrolls:
        scrolls.props['aria-label'] = name
        with ui.element('table'):
            with ui.element('thead'), ui.element('tr'):
                for head in heads:
                    text('th', head).props('scope=col')
            body = ui.element('tbody')
    return body


def _list(lines: Sequence[str]) -> None:
    with ui.element('ul'):
        for line in lines:
            text('li', line)

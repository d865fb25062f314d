"""What every form of the outcome says in the same words: the PDF, the page, the files for Word and spreadsheets."""

import datetime as dt
from collections.abc import Iterator, Sequence

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from app.texts import _, language, ngettext
from app.theory.model import Horizon, Level

from .outcome import Outcome, PrintedPattern, PrintedTheory


def title(outcome: Outcome) -> str:
    """The name of the document."""
    return _('Outcome of the instructional round at {school}').format(school=outcome.school)


def standing(outcome: Outcome) -> str:
    """A version, or that it is a draft and why."""
    if outcome.version and outcome.released_on:
        sentence = _('Version {n}, released on {date}')
        return sentence.format(n=outcome.version, date=day(outcome.released_on))
    if outcome.closed_on is None:
        return _('Draft: the round is not closed yet, and this is how it stands.')
    return _('Draft: this has not been released yet, and may still change.')


def made_up() -> str:
    """Said of the sample round."""
    return _('A sample round, written to show the product; no such school exists.')


def how_to_read() -> tuple[str, str]:
    """Two paragraphs."""
    return (
        _(
            'These are descriptions, not judgements. Visitors sat in classrooms for some minutes each and wrote down '
            'what they saw and heard. What follows describes teaching and learning in this school on one day; it is '
            'not about any one lesson or any one person. Rooms, times and names are left out on purpose.'
        ),
        _(
            'A pattern is a sentence that the cards beneath it bear out. The number of visits matters more than the '
            'number of cards: it says in how many places the same was seen. Predictions follow from patterns, and '
            'theories of action are what the school wants to try: each says how we would know that we were wrong.'
        ),
    )


def question() -> str:
    """What predictions answer (City et al. 2009)."""
    return _(
        'If you were a student at this school and did everything you were asked to do, what would you know and be '
        'able to do?'
    )


def counts(pattern: PrintedPattern, outcome: Outcome) -> str:
    """“18 cards · 8 of 15 visits”."""
    cards = ngettext('{n} card', '{n} cards', pattern.cards).format(n=pattern.cards)
    return f'{cards} · {of_visits(pattern.visits, outcome)}'


def of_visits(n: int, outcome: Outcome) -> str:
    """“8 of 15 visits”."""
    every = max(outcome.numbers.visits, n)
    return ngettext('{n} of {all} visit', '{n} of {all} visits', every).format(n=n, all=every)


def left_out(outcome: Outcome) -> Iterator[str]:
    """Sentences on what was seen and is not printed; none where there is nothing."""
    if outcome.left_out:
        sentence = ngettext(
            '{n} pattern is left out because it rests on fewer than {least} visits.',
            '{n} patterns are left out because they rest on fewer than {least} visits each.',
            outcome.left_out,
        )
        yield sentence.format(n=outcome.left_out, least=outcome.printed_from_visits)
    if outcome.numbers.outside and outcome.patterns:
        sentence = ngettext(
            '{n} card on the wall stands in no pattern.',
            '{n} cards on the wall stand in no pattern.',
            outcome.numbers.outside,
        )
        yield sentence.format(n=outcome.numbers.outside)


def none_quoted() -> str:
    """In place of a pattern's sample cards."""
    return _('No card is quoted here: each would give away a time, a room or a name.')


def facts(theory: PrintedTheory) -> Iterator[tuple[str, str]]:
    """What is said of a theory beside its three parts, each with its name."""
    yield _('We would know we were wrong if:'), theory.wrong_if or not_written()
    yield _('Look again on:'), day(theory.look_again) if theory.look_again else _('no day was set')
    yield _('Whose work:'), level_name(theory.level)
    if theory.relates_to:
        yield _('Relates to:'), theory.relates_to


def behind(theory: PrintedTheory, outcome: Outcome) -> str:
    """What a theory rests on, in a sentence."""
    if not theory.patterns and not theory.unprinted:
        return _('This theory cites no pattern of the round yet.')
    said = []
    if theory.patterns:
        cards = ngettext('{n} card', '{n} cards', theory.cards).format(n=theory.cards)
        said.append(
            _('It rests on {patterns}, with {cards} from {visits}.').format(
                patterns=patterns_named(theory.patterns), cards=cards, visits=of_visits(theory.visits, outcome)
            )
        )
    if theory.unprinted:
        said.append(_('It also cites {patterns}.').format(patterns=_unprinted(theory.unprinted)))
    return ' '.join(said)


def rests_on(patterns: Sequence[int], unprinted: int) -> str:
    """“patterns 2 and 5”, and, kindly, that some are not in the document."""
    said = [patterns_named(patterns)] if patterns else []
    if unprinted:
        said.append(_unprinted(unprinted))
    return _(', and ').join(said)


def patterns_named(numbers: Sequence[int]) -> str:
    """“patterns 2 and 5”."""
    return ngettext('pattern {numbers}', 'patterns {numbers}', len(numbers)).format(numbers=listed(numbers))


def theories_named(numbers: Sequence[int]) -> str:
    """“theories 2 and 5”."""
    return ngettext('theory {numbers}', 'theories {numbers}', len(numbers)).format(numbers=listed(numbers))


def listed(numbers: Sequence[int]) -> str:
    """“1, 2 and 5”."""
    *first, last = map(str, numbers)
    return _('{some} and {last}').format(some=', '.join(first), last=last) if first else last


def deletion(outcome: Outcome) -> tuple[str, str]:
    """What is deleted and when, and what stays."""
    stays = _(
        'What stays: the patterns, predictions, theories of action and next steps, the cards that are quoted in this '
        'document, and its released versions. The server’s operator decides how long backups are kept.'
    )
    if outcome.purged:
        return _('All raw notes, observers’ names and cards that are not quoted here have been deleted.'), stays
    if outcome.deleted_on is not None:
        sentence = _('All raw notes, observers’ names and cards that are not quoted here are deleted on {date}.')
        return sentence.format(date=day(outcome.deleted_on)), stays
    sentence = ngettext(
        'All raw notes, observers’ names and cards that are not quoted here are deleted {n} day after the close.',
        'All raw notes, observers’ names and cards that are not quoted here are deleted {n} days after the close.',
        outcome.days_kept,
    )
    return sentence.format(n=outcome.days_kept), stays


def data_statement() -> str:
    """What is kept of whom."""
    return _(
        'Visitors wrote notes under a name of their own choosing, without an account. No pictures and no sound were '
        'taken, and nothing was noted of who teaches where. This document holds no room, no clock time and no author; '
        'it was made of what the group accepted as description, and serves nothing but the school’s own learning.'
    )


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


def phases() -> tuple[str, ...]:
    """The four phases of a protocol (Hopkins), for the school's own words; nothing of the round fills them."""
    return _('Commencing'), _('Intermediate'), _('Accomplished'), _('Expert')


def on_phases() -> str:
    """What a school does with the phases."""
    return _(
        'A protocol for peer coaching. The school writes in its own words what is seen in each phase; the round put '
        'nobody into any of them.'
    )


def not_written() -> str:
    """In place of something that was left open."""
    return _('not written yet')


def no_name() -> str:
    """In place of a title."""
    return _('(no name)')


def day(date: dt.date) -> str:
    """“11 March 2026”, as the language of whoever asks writes it."""
    try:
        locale = Locale.parse(language.get().replace('-', '_'))
    except (UnknownLocaleError, ValueError):
        locale = Locale('en')
    return format_date(date, 'd MMMM y', locale=locale)


def _unprinted(n: int) -> str:
    return ngettext(
        '{n} pattern that was seen on too few visits to be printed',
        '{n} patterns that were seen on too few visits to be printed',
        n,
    ).format(n=n)

"""The words of the network: what the language coach on the phones asks about, and what it leaves alone."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from app.errors import NotSignedIn, RoundsError
from app.observation.words import LONGEST, MOST, Added, WordList
from app.services import Services
from app.texts import _, ngettext
from components import plain
from components.plain import Field, Markup
from pages import who_asks


def register(services: Services, outer: FastAPI) -> None:
    """The page and where its forms are sent to."""

    @outer.get('/words', include_in_schema=False)
    async def words(request: Request) -> Response:
        return await _shown(request, services)

    @outer.post('/words/{into}', include_in_schema=False)
    async def added(request: Request, into: WordList) -> Response:
        who = await who_asks.signed_in(request, services)
        typed = (await who_asks.typed(request, (into,)))[into]
        try:
            became = await services.words.add(who, into, typed)
        except NotSignedIn:
            raise
        except RoundsError as error:
            return await _shown(request, services, refused={into: (typed, error)})
        return await _shown(request, services, done=said(became))

    @outer.post('/words/{of}/remove', include_in_schema=False)
    async def removed(request: Request, of: WordList) -> Response:
        who = await who_asks.signed_in(request, services)
        typed = await who_asks.typed(request, ('word',))
        await services.words.remove(who, of, typed['word'])
        return RedirectResponse('/words?done=removed', 303, {'Cache-Control': 'no-store'})


Refused = Mapping[WordList, tuple[str, RoundsError]]


async def _shown(
    request: Request, services: Services, *, done: str = '', refused: Refused = MappingProxyType({})
) -> Response:
    try:
        who = await who_asks.signed_in(request, services)
        lists = await services.words.words(who)
    except NotSignedIn:
        return who_asks.sign_in_first('/words')
    place = await services.schools.place(who)
    if request.query_params.get('done') == 'removed':
        done = _('The word is removed; the phones know.')
    html = plain.document(
        _('Words of the network'),
        plain.opening(
            _('Words of the network'),
            _(
                'While observers write, a coach on their phones asks about words that judge. These two lists are '
                'for what your schools say in their own way. They hold for all rounds of {network}.'
            ).format(network=place.network.name),
        ),
        plain.done(done),
        _section(WordList.FLAG, lists.flag, refused),
        _section(WordList.LEAVE, lists.leave, refused),
        plain.way(_('Back to your account'), '/account'),
        who=who,
    )
    return who_asks.plain(html, next((error.status for _typed, error in refused.values()), 200))


def _section(of: WordList, words: tuple[str, ...], refused: Refused) -> Markup:
    typed, error = refused.get(of, ('', None))
    titles = {WordList.FLAG: _('Ask about'), WordList.LEAVE: _('Leave alone')}
    hints = {
        WordList.FLAG: _('For example a word that your schools use as praise: “sparkly”, “WAGOLL-worthy”.'),
        WordList.LEAVE: _('For example a term that is no judgement with you: “excellence hour”, “Good Shepherd”.'),
    }
    hint = _('One a line, or separated by commas; up to {longest} characters each, {most} in all. No names of people.')
    field = Field(
        name=of,
        label=_('Add words or phrases'),
        kind='lines',
        hint=hint.format(longest=LONGEST, most=MOST),
        value=typed,
        problem=error.sentence if error else '',
    )
    kept = plain.removable(words, f'/words/{of}/remove') if words else plain.text(_('None yet.'), 'soft')
    adding = plain.form(f'/words/{of}', field, button=_('Add'), quiet=True)
    return plain.section(titles[of], plain.text(hints[of], 'soft'), kept, adding)


def said(added: Added) -> str:
    """What became of the words, in sentences."""
    parts = []
    if n := len(added.new):
        parts.append(ngettext('{n} added; the phones know.', '{n} added; the phones know.', n).format(n=n))
    if added.moved:
        parts.append(_('Moved here from the other list: {words}.').format(words=_quoted(added.moved)))
    if added.again:
        parts.append(_('There already, so not added twice: {words}.').format(words=_quoted(added.again)))
    if n := added.blank:
        parts.append(ngettext('{n} entry held no word.', '{n} entries held no word.', n).format(n=n))
    return ' '.join(parts)


def _quoted(words: tuple[str, ...]) -> str:
    return ', '.join(f'“{word}”' for word in words)

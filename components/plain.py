"""Plain pages: HTML that needs no script and no socket, for what somebody does before or beside a round.

Every text that comes from outside goes through `escape` here and nowhere else: callers pass plain texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import NewType

from app.accounts.model import Facilitator
from app.texts import _, language

#: Markup that this module has made; anything else is text and gets escaped.
Markup = NewType('Markup', str)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One labelled input of a form; kind `lines` has room for several. `choices` (value, name) makes it a choice;
    `problem` is said beside it."""

    name: str
    label: str
    kind: str = 'text'
    value: str = ''
    hint: str = ''
    problem: str = ''
    autocomplete: str = 'off'
    most: int = 200
    least: int = 0
    focus: bool = False
    classes: str = ''
    accept: str = ''  #: which files, for the kind `file`
    choices: Sequence[tuple[str, str]] = field(default_factory=tuple)


def document(title: str, *parts: Markup, who: Facilitator | None = None, width: str = 'narrow') -> str:
    """A whole page: the same head as the pages that NiceGUI draws, then `parts`."""
    account = ''
    if who and who.account:
        label = _('Your account: {name}').format(name=who.name)
        account = _link(who.name, '/account', label=label, classes='account')
    return f"""<!doctype html>
<html lang="{language.get()}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · Rounds</title>
<link rel="stylesheet" href="/static/app.css"><link rel="stylesheet" href="/static/plain.css">
<script type="module" src="/static/plain.js"></script></head>
<body class="plain"><a class="skip" href="#main">{escape(_('Skip to the content'))}</a>
<header class="topbar"><a class="brand" href="/">Rounds</a>{account}</header>
<main id="main" class="page {width}">{''.join(parts)}</main></body></html>"""


def opening(title: str, lead: str = '') -> Markup:
    """The page's first heading and, in one or two sentences, what it is for."""
    return Markup(f'<h1>{escape(title)}</h1>' + (f'<p class="lead soft">{escape(lead)}</p>' if lead else ''))


def text(sentence: str, classes: str = '') -> Markup:
    """A paragraph."""
    return Markup(f'<p class="{classes}">{escape(sentence)}</p>')


def problem(sentence: str) -> Markup:
    """What was refused, and why; read aloud at once. Nothing when there is no sentence."""
    return Markup(f'<p class="notice stop" role="alert">{escape(sentence)}</p>' if sentence else '')


def done(sentence: str) -> Markup:
    """What was done."""
    return Markup(f'<p class="notice ok" role="status">{escape(sentence)}</p>' if sentence else '')


def way(words: str, address: str, *, main: bool = False) -> Markup:
    """A paragraph that is a link: another way to go on, or with `main` the one that most will take."""
    return Markup(f'<p>{_link(words, address, classes="go" if main else "")}</p>')


def section(title: str, *parts: Markup) -> Markup:
    """A sheet with a heading."""
    return Markup(f'<section class="sheet"><h2>{escape(title)}</h2>{"".join(parts)}</section>')


def sheet(*parts: Markup) -> Markup:
    """A sheet without a heading of its own."""
    return Markup(f'<section class="sheet">{"".join(parts)}</section>')


def buttons(*forms: Markup) -> Markup:
    """Forms that are one button each, side by side."""
    return Markup(f'<div class="buttons">{"".join(forms)}</div>')


def listed(items: Iterable[Markup]) -> Markup:
    """A list; each item was made by this module. Nothing when there is none."""
    lines = ''.join(f'<li>{item}</li>' for item in items)
    return Markup(f'<ul class="lines">{lines}</ul>' if lines else '')


def removable(words: Iterable[str], action: str) -> Markup:
    """Short texts side by side, each with a button that takes it out: it is sent as `word`."""
    chips = ''.join(
        f'<li><span dir="auto">{escape(word)}</span><form method="post" action="{escape(action)}">'
        f'<input type="hidden" name="word" value="{escape(word)}"><button class="quiet" type="submit" '
        f'aria-label="{escape(_("Remove “{word}”").format(word=word))}">×</button></form></li>'
        for word in words
    )
    return Markup(f'<ul class="chips">{chips}</ul>')


def line(words: str, soft: str, *parts: Markup) -> Markup:
    """A line of a list: words, something softer beneath, and what can be done."""
    return Markup(
        f'<div><span>{escape(words)}</span><span class="soft small">{escape(soft)}</span></div>' + ''.join(parts)
    )


def copyable(label: str, address: str) -> Markup:
    """An address that is shown once: selectable without a script, copied by one tap with one."""
    return Markup(
        f'<div class="copyable"><label for="copy">{escape(label)}</label>'
        f'<div class="together"><input id="copy" readonly value="{escape(address)}">'
        f'<button type="button" class="quiet" data-copy="copy" data-done="{escape(_("Copied"))}">{escape(_("Copy"))}'
        '</button></div></div>'
    )


def picture(address: str, words: str) -> Markup:
    """A picture of ours, `words` for those who do not see it."""
    return Markup(f'<p><img class="logo" src="{escape(address)}" alt="{escape(words)}"></p>')


def form(action: str, *fields: Field, button: str, legend: str = '', quiet: bool = False, parts: str = '') -> Markup:
    """A real form: it is sent by the browser alone. `quiet` makes its button one of the lesser ones.

    With a field of the kind `file` it sends the file too.
    """
    inside = ''.join(_field(one) for one in fields)
    if legend:
        inside = f'<fieldset><legend>{escape(legend)}</legend>{inside}</fieldset>'
    kind = 'quiet' if quiet else 'main'
    sends = ' enctype="multipart/form-data"' if any(one.kind == 'file' for one in fields) else ''
    return Markup(
        f'<form method="post" action="{escape(action)}"{sends}>{parts}{inside}'
        f'<button class="{kind}" type="submit">{escape(button)}</button></form>'
    )


def group(legend: str, *fields: Field) -> Markup:
    """Fields that belong together, for the `parts` of a form."""
    return Markup(f'<fieldset><legend>{escape(legend)}</legend>{"".join(_field(one) for one in fields)}</fieldset>')


def _field(one: Field) -> str:
    if one.kind == 'hidden':
        return f'<input type="hidden" name="{one.name}" value="{escape(one.value)}">'
    spoken = [f'{one.name}-hint'] * bool(one.hint) + [f'{one.name}-problem'] * bool(one.problem)
    described = f' aria-describedby="{" ".join(spoken)}"' if spoken else ''
    invalid = ' aria-invalid="true"' if one.problem else ''
    focus = ' autofocus' if one.focus or one.problem else ''
    same = f'id="{one.name}" name="{one.name}" required autocomplete="{one.autocomplete}"{described}{invalid}{focus}'
    hint = f'<p class="hint" id="{one.name}-hint">{escape(one.hint)}</p>' if one.hint else ''
    wrong = f'<p class="problem" id="{one.name}-problem">{escape(one.problem)}</p>' if one.problem else ''
    inner = _choices(one, same) if one.choices else _input(one, same)
    label = f'<label for="{one.name}">{escape(one.label)}</label>'
    return f'<div class="field {one.classes}">{label}{hint}{inner}{wrong}</div>'


def _input(one: Field, same: str) -> str:
    if one.kind == 'lines':
        return f'<textarea rows="3" dir="auto" {same}>\n{escape(one.value)}</textarea>'
    least = f' minlength="{one.least}"' if one.least else ''
    if one.kind == 'file':
        return f'<input type="file" accept="{escape(one.accept)}" {same}>'
    # A line that was refused for its length is shown whole, so that it can be shortened: no maxlength.
    return f'<input type="{one.kind}" value="{escape(one.value)}" {same}{least}>'


def _choices(one: Field, same: str) -> str:
    options = ''.join(
        f'<option value="{escape(value)}"{" selected" if value == one.value else ""}>{escape(name)}</option>'
        for value, name in one.choices
    )
    return f'<select {same}><option value="">{escape(_("Choose…"))}</option>{options}</select>'


def _link(words: str, address: str, *, label: str = '', classes: str = '') -> str:
    named = f' aria-label="{escape(label)}"' if label else ''
    styled = f' class="{classes}"' if classes else ''
    return f'<a href="{escape(address)}"{styled}{named}>{escape(words)}</a>'

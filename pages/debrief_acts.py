"""What the boards of the debrief ask for, and which service does it."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.accounts.model import Facilitator
from app.debrief.agenda import AgendaService
from app.debrief.service import DebriefService
from app.debrief.sortings import SortingService
from app.debrief.votes import VoteService
from app.services import Services
from app.theory.service import TheoryService

Fields = dict[str, Any]
Acts = dict[str, Callable[[Fields], Awaitable[Any]]]


def acts_of(services: Services, who: Facilitator, round_id: str) -> Acts:
    """The acts that boards know, by kind; each raises the refusals of its service."""
    asked = (who, round_id)
    return (
        _description(services.debrief, asked)
        | _analysis(services.debrief, asked)
        | _sortings(services.sorting, asked)
        | {'suggest': lambda _fields: services.suggestions.suggest(*asked)}
        | _prediction(services.debrief, asked)
        | _theories(services.theory, asked)
        | _next_level(services.theory, asked)
        | _time(services.agenda, asked)
        | _votes(services.votes, asked)
    )


Asked = tuple[Facilitator, str]


def _time(agenda: AgendaService, asked: Asked) -> Acts:
    return {
        'plan_time': lambda f: agenda.plan_time(*asked, ends=f['ends'], minutes=f['minutes']),
        'extend': lambda f: agenda.extend(*asked, f['minutes']),
        'move_end': lambda f: agenda.move_end(*asked, f['minutes']),
        'drop_agenda': lambda _f: agenda.drop_agenda(*asked),
    }


def _votes(votes: VoteService, asked: Asked) -> Acts:
    return {
        'vote_open': lambda f: votes.open_vote(*asked, f['on']),
        'vote_close': lambda f: votes.close_vote(*asked, f['vote']),
        'vote_reopen': lambda f: votes.close_vote(*asked, f['vote'], closed=False),
        'vote_reveal': lambda f: votes.reveal(*asked, f['vote']),
        'vote_hide': lambda f: votes.reveal(*asked, f['vote'], revealed=False),
        'vote_hands': lambda f: votes.count_hands(*asked, f['vote'], f['option'], f['n']),
        'vote_anew': lambda f: votes.begin_anew(*asked, f['vote']),
        'vote_back': lambda _f: votes.bring_back_vote(*asked),
        'vote_away': lambda f: votes.put_away(*asked, f['vote']),
    }


def _description(debrief: DebriefService, asked: Asked) -> Acts:
    return {
        'accept': lambda f: debrief.accept(*asked, f['card'], confirmed=bool(f['confirmed'])),
        'reword': lambda f: debrief.reword(
            *asked, f['card'], f['text'], confirmed=bool(f['confirmed']), seen=f['seen']
        ),
        'drop': lambda f: debrief.drop(*asked, f['card']),
        'red_dot': lambda f: debrief.red_dot(*asked, f['card'], f['reason']),
    }


def _analysis(debrief: DebriefService, asked: Asked) -> Acts:
    async def change(fields: Fields) -> None:
        """Each part that was changed is an act of its own, compared with what was read."""
        keeps = {
            'title': debrief.name_pattern,
            'summary': debrief.describe_pattern,
            'exception': debrief.note_exception,
        }
        for name, keep in keeps.items():
            seen = fields['seen'][name]
            if fields[name] != seen:
                await keep(*asked, fields['pattern'], fields[name], seen=seen)
                fields['seen'][name] = fields[name]

    return {
        'move': lambda f: debrief.move_cards(*asked, f['cards'], f['pattern']),
        'add': lambda f: debrief.add_pattern(*asked, f['title'], f['cards']),
        'split': lambda f: debrief.split_pattern(*asked, f['pattern'], f['cards'], f['title']),
        'merge': lambda f: debrief.merge_patterns(*asked, f['into'], [f['pattern']]),
        'remove': lambda f: debrief.remove_pattern(*asked, f['pattern']),
        'order_patterns': lambda f: debrief.order_patterns(*asked, f['ids']),
        'change': change,
    }


def _sortings(sorting: SortingService, asked: Asked) -> Acts:
    return {
        'begin_sorting': lambda f: sorting.begin_sorting(*asked, f['share']),
        'end_sorting': lambda _f: sorting.end_sorting(*asked),
        'sortings': lambda _f: sorting.sortings(*asked),
    }


def _prediction(debrief: DebriefService, asked: Asked) -> Acts:
    async def change(fields: Fields) -> None:
        seen = fields['seen']
        await debrief.change_prediction(
            *asked,
            fields['prediction'],
            text=fields['text'] if fields['text'] != seen['text'] else None,
            pattern_ids=fields['patterns'] if fields['patterns'] != seen['patterns'] else None,
            seen=seen['text'],
        )

    return {
        'predict': lambda f: debrief.add_prediction(*asked, f['text'], f['patterns']),
        'change_prediction': change,
        'remove_prediction': lambda f: debrief.remove_prediction(*asked, f['prediction']),
    }


def _theories(theory: TheoryService, asked: Asked) -> Acts:
    return {
        'write_theory': lambda f: theory.write_theory(*asked, when=f['when']),
        'change_theory': lambda f: theory.change_theory(*asked, f['theory'], f['field'], f['value'], seen=f['seen']),
        'remove_theory': lambda f: theory.remove_theory(*asked, f['theory']),
        'join_theories': lambda f: theory.join_theories(*asked, f['into'], f['other']),
        'take_apart': lambda f: theory.take_apart(*asked, f['theory'], f['when']),
        'order_theories': lambda f: theory.order_theories(*asked, f['ids']),
        'wordings': lambda f: theory.wordings(*asked, f['theory']),
    }


def _next_level(theory: TheoryService, asked: Asked) -> Acts:
    async def change(fields: Fields) -> None:
        for name in ('horizon', 'owner', 'text', 'theories'):
            seen = fields['seen'].get(name)
            if fields.get(name, seen) != seen:
                await theory.change_next_step(*asked, fields['step'], name, fields[name], seen=seen)

    return {
        'add_step': lambda f: theory.add_next_step(
            *asked, horizon=f['horizon'], owner=f['owner'], text=f['text'], theories=f['theories']
        ),
        'change_step': change,
        'remove_step': lambda f: theory.remove_next_step(*asked, f['step']),
        'order_steps': lambda f: theory.order_next_steps(*asked, f['ids']),
        'take_up': lambda f: theory.take_up(*asked, f['step'], bool(f['taken_up'])),
    }

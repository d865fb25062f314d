"""What is said where the groups' silent sortings are laid together (sortings_box.js)."""

from app.texts import _


def sortings_texts() -> dict[str, object]:
    """Its texts, by the names that the box knows them by."""
    return {
        'sortings': _('Silent sorting in groups'),
        'sortings_hint': _(
            'Each group sorts on a phone or tablet, without a word. Then the sortings are laid together: what most '
            'groups have in common is offered as a pattern, one after the other. Or sort here, with the room.'
        ),
        'which_cards': _('Each group sorts'),
        'share_fits': _('what fits the number of cards'),
        'share_all': _('all cards'),
        'share_share': _('its share (each card in two groups)'),
        'begin_sorting': _('Let the groups sort'),
        'begin_again': _('Let them go on'),
        'end_sorting': _('End the sorting'),
        'lay_together': _('Lay the sortings together'),
        'lay_again': _('Look again'),
        'sorted_of': _('{n} of {all}'),
        'finished': _('finished'),
        'nothing_sorted': _('No group has sorted anything yet.'),
        'no_offers': _('There is nothing more on which most groups agree.'),
        'offer_of': _('{n} of {all}'),
        'all_agree': [_('{n} group has put these together'), _('all {n} groups have put these together')],
        'some_agree': [
            _('most groups have put these together; {n} of {of} has all of them on one pile'),
            _('most groups have put these together; {n} of {of} have all of them on one pile'),
        ],
        'offered': _('Cards that most groups have put together'),
        'how_groups': _('How the groups have them'),
        'nameless': _('a pile without a name'),
        'together_on': _('together on {pile}'),
        'some_on': [_('{n} card on {pile}'), _('{n} cards on {pile}')],
        'with_others': [_('with {n} other'), _('with {n} others')],
        'lies_with': [_('with {n} other: {words}'), _('with {n} others: {words}')],
        'alone': _('alone'),
        'make_pattern': _('Make it a pattern and show it'),
        'put_with': _('Put them with “{title}”'),
        'offer_before': _('Before'),
        'offer_next': _('Leave it, next'),
        'differences': [
            _('{n} card on which the groups do not agree'),
            _('{n} cards on which the groups do not agree'),
        ],
        'untouched': [_('{n} card has been sorted by nobody.'), _('{n} cards have been sorted by nobody.')],
    }

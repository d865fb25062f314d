"""Which act belongs to which stage: every pair, as the contract of the parts says it."""

import pytest

from app.errors import WrongStage
from app.rounds.stages import LATE_FROM, ORDER, Act, Stage, require, require_move, stage_name

#: planned, open, selection, screening, red_dots, analysis, prediction, theories, next_level, closed, purged
TABLE = {
    Act.PLAN: 'XX.........',
    Act.CHANGE_DAY: 'XXX........',
    Act.JOIN: '.XXXXXXXX..',
    Act.SEND_NOTES: '.XXXXXXXX..',
    Act.CHOOSE: '.XXXX......',
    Act.CHOOSE_LATE: '.XXXXXXX...',
    Act.SCREEN: '...XX......',
    Act.SCREEN_LATE: '...XXXXX...',
    Act.REWORD: '...XXX.....',
    Act.RED_DOT: '....X......',
    Act.SORT: '.....X.....',
    Act.SORT_AFTERWARDS: '.....XXXX..',
    Act.PREDICT: '......XX...',
    Act.WRITE_THEORY: '.......XX..',
    Act.WRITE_NEXT_STEP: '.......XX..',
    Act.TAKE_UP: '........XX.',
    Act.VOTE: '.....XXXX..',
    Act.BRING_BACK: '...XXXXXX..',
    Act.RELEASE: '.........XX',
}
PAIRS = [(act, stage, row[place] == 'X') for act, row in TABLE.items() for place, stage in enumerate(ORDER)]


def test_every_act_has_its_row_and_every_stage_its_column():
    assert set(TABLE) == set(Act)
    assert {len(row) for row in TABLE.values()} == {len(Stage)}
    assert ' → '.join(ORDER) == (
        'planned → open → selection → screening → red_dots → analysis → prediction → theories → next_level → closed'
        ' → purged'
    )
    assert LATE_FROM is Stage.SCREENING


@pytest.mark.parametrize(('act', 'stage', 'allowed'), PAIRS, ids=str)
def test_an_act_is_done_in_its_stages_and_refused_in_the_others(act, stage, allowed):
    if allowed:
        require(act, stage)
        return
    with pytest.raises(WrongStage) as refused:
        require(act, stage)
    said = 'closed' if stage in (Stage.CLOSED, Stage.PURGED) else stage_name(stage)
    if act is Act.JOIN:
        said = {Stage.PLANNED: 'not been opened yet', Stage.CLOSED: 'over, so nobody can join'}.get(stage, said)
    assert said in refused.value.sentence


@pytest.mark.parametrize('now', ORDER)
@pytest.mark.parametrize('to', ORDER)
def test_any_stage_but_purged_is_opened_again_and_none_is_left_out_on_the_way(now, to):
    if Stage.PURGED not in (now, to) and to.place <= now.place + 1:
        require_move(now, to)
    else:
        with pytest.raises(WrongStage):
            require_move(now, to)

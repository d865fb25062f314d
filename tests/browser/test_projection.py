"""The screen of the hall: at once, from the back row, by a link."""

import re
import statistics
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import STILL
from tests.browser.debriefs import debriefs, go_to, whole_round

PROBLEM = (
    'Students complete the tasks that we set for them in most lessons, and they hand in what was asked for, but they '
    'rarely explain their reasoning to one another or to the teacher, neither in speech nor in writing, and when they '
    'are asked to, many of them repeat the steps of the method without saying why it holds or where it would not.'
)
#: Of the texts that match: how large their letters are, and how much of them cannot be seen, in px.
SEEN = """(texts) => [...document.querySelectorAll(texts)].map((one) =>
    [parseFloat(getComputedStyle(one).fontSize), one.scrollHeight - one.clientHeight])"""

#: When somebody presses the next button, by the clock that all pages of one computer have.
PRESSED = """() => { window.pressed = new Promise((pressed) => document.addEventListener("click",
    () => pressed(performance.timeOrigin + performance.now()), { capture: true, once: true })); }"""


async def seed(services):
    whole = whole_round()
    whole['round']['problem_of_practice'] = PROBLEM
    for pattern in whole['patterns']:
        pattern['title'] += ', and nobody asks for a reason before the answer has been said aloud by somebody else'
    return await debriefs(services, whole=whole)


def test_every_change_is_on_the_wall_within_a_second(screen: Callable[..., Page]):
    control, hall = screen('control', 'whole'), screen('projection', 'whole')
    go_to(control, 'Analysis')
    expect(hall.locator('h1')).to_have_text('Analysis')
    took = []
    for dark in (True, False) * 3:
        hall.evaluate(
            """(dark) => { window.seen = new Promise((seen) => {
                const wall = document.querySelector(".projection");
                const now = () => performance.timeOrigin + performance.now();
                new MutationObserver(() => wall.classList.contains("dark") === dark && seen(now()))
                    .observe(wall, { attributes: true }); }); }""",
            dark,
        )
        control.evaluate(PRESSED)
        control.get_by_role('button', name='Dark screen' if dark else 'Light screen').click()
        took.append(hall.evaluate('() => window.seen') - control.evaluate('() => window.pressed'))
    assert statistics.median(took) < 1000, took


def test_what_is_under_discussion_can_be_read_from_the_back_of_the_hall(screen: Callable[..., Page]):
    control, hall = screen('control', 'whole'), screen('projection', 'whole')
    main_texts = '.card-text, .tile h2, .tile .text, .tile .rests, .exception, .question, .theory dd, .theory .wrong'
    for stage in ('Screening', 'Red dots', 'Analysis', 'Prediction', 'Theories of action'):
        go_to(control, stage)
        expect(hall.locator('h1')).to_have_text(stage)
        # A stage begins with its first page, a moment after it was opened.
        expect(hall.locator('.foot .pages').filter(has_not_text=re.compile('^1 of'))).to_have_count(0)
        for page in (1, 2):
            small = hall.evaluate(
                """(texts) => [...document.querySelectorAll(texts)].filter((text) => text.textContent
                    && parseFloat(getComputedStyle(text).fontSize) < 32).map((text) => text.textContent)""",
                main_texts,
            )
            assert not small, (stage, small)
            cut_off = hall.evaluate(
                """() => [...document.querySelectorAll(".note:not(.whole), .tile, .theory")]
                    .filter((box) => box.scrollHeight > box.clientHeight + 2).map((box) => box.textContent)"""
            )
            assert not cut_off, (stage, cut_off)
            pages = re.search(r'(\d+) of (\d+)', hall.locator('.foot').inner_text())  # the hall says it of this stage
            if pages and int(pages[1]) < int(pages[2]):
                control.get_by_role('button', name='Next page on the screen').click()
                expect(hall.locator('.foot .pages')).to_contain_text(f'{page + 1} of')
    assert hall.evaluate('() => window.hurt') is None
    assert control.evaluate('() => window.hurt') is None


def test_the_hall_opens_the_screen_with_a_link_until_it_is_revoked(
    screen: Callable[..., Page], opened: Callable[..., Page]
):
    control = screen('control', 'whole')
    control.get_by_role('button', name='Make a link').click()
    address = control.get_by_label('The link, shown only now').input_value()
    hall = opened('projector')
    hall.goto(address)
    expect(hall.locator('.projection h1')).to_be_visible()
    control.get_by_role('button', name='Revoke link').first.click()
    expect(hall.get_by_text('This link does not open anything any more')).to_be_visible()
    hall.reload()
    expect(hall.get_by_text('This link does not open anything any more')).to_be_visible()


def test_a_long_problem_of_practice_and_long_options_of_a_vote_are_never_cut(screen: Callable[..., Page]):
    control, hall = screen('control', 'whole'), screen('projection', 'whole')
    go_to(control, 'Analysis')
    for shown in ('', 'focus', 'vote'):
        if shown == 'vote':
            control.get_by_role('button', name='Vote on patterns').click()
        else:
            control.get_by_label('Show for a moment').select_option(value=shown)
        large = {'': '.tile h2', 'focus': '.statement .question', 'vote': '.options li'}[shown]
        for width, height in ((1920, 1080), (1280, 800)):
            hall.set_viewport_size({'width': width, 'height': height})
            expect(hall.locator(large).first).to_be_visible()
            hall.evaluate(STILL)  # letters are set anew for the size a frame after it has changed
            readable = 32 * width / 1920
            expect(hall.locator('.foot[data-fit="0"], .foot[data-fit="3"]')).to_have_count(0)
            for words, least in ((large, readable), ('.practice', readable * 0.6)):
                for letters, hidden in hall.evaluate(SEEN, words):
                    assert letters >= least, (shown, words, width)
                    assert hidden <= 2, (shown, words, width)

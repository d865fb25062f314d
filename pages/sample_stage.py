"""The stage picker of the sample round, on the pages of a round; any other round has none."""

from app.accounts.model import Facilitator
from app.errors import RoundsError
from app.rounds.model import Round
from app.rounds.stages import Stage
from app.services import Services
from components.live import live
from components.sample_strip import SampleStrip


def stage_picker(services: Services, who: Facilitator, shown: Round) -> None:
    """Draw it where `shown` is the sample; it follows when another screen moves the round."""
    if not shown.sample:
        return

    async def move(stage: Stage) -> None:
        await services.exchange.move_sample(who, shown.id, stage)

    strip = SampleStrip(shown.stage, move)

    async def redraw(kinds: set[str]) -> None:
        if 'stage' not in kinds:
            return
        try:
            strip.show((await services.rounds.plan(who, shown.id)).round.stage)
        except RoundsError:
            return  # the page itself says what has happened

    live(services.announcer, shown.id, redraw)

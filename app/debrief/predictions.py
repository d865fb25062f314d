"""Predictions: what a student would know and be able to do, each on patterns."""

from collections.abc import Sequence
from dataclasses import replace

from app.errors import BadInput, NotFound
from app.ids import new_id
from app.store import RoundWork
from app.texts import _
from app.wording import worded

from .model import Prediction
from .patterns import changed_meanwhile, cited

LONGEST_PREDICTION = 2_000


def question() -> str:
    """What the whole room is asked (City et al., 2009)."""
    return _(
        'If you were a student at this school and did everything you were asked to do, '
        'what would you know and be able to do?'
    )


async def predict(work: RoundWork, text: str, pattern_ids: Sequence[str]) -> Prediction:
    """A new prediction, last in order. Raises `BadInput` when it is empty or cites none, `NotFound` for a gone one."""
    text = worded(text, LONGEST_PREDICTION, _('The prediction'))
    patterns = await _cited(work, pattern_ids)
    place = 1 + max((prediction.place for prediction in await work.predictions.all()), default=0)
    prediction = Prediction(id=new_id(), text=text, patterns=patterns, place=place)
    await work.predictions.put(prediction)
    return prediction


async def change(
    work: RoundWork, prediction_id: str, text: str | None, pattern_ids: Sequence[str] | None, seen: str | None
) -> None:
    """Other words or patterns (None: as they are). Errors as in `predict`; `Changed` when the text is not `seen`."""
    prediction = await the_prediction(work, prediction_id)
    if text is not None:
        text = worded(text, LONGEST_PREDICTION, _('The prediction'))
        if text != prediction.text and seen is not None and seen != prediction.text:
            raise changed_meanwhile(prediction.text, text)
        prediction = replace(prediction, text=text)
    if pattern_ids is not None:
        prediction = replace(prediction, patterns=await _cited(work, pattern_ids))
    await work.predictions.put(prediction)


async def remove(work: RoundWork, prediction_id: str) -> None:
    """Take a prediction away."""
    await work.predictions.remove((await the_prediction(work, prediction_id)).id)


async def the_prediction(work: RoundWork, prediction_id: str) -> Prediction:
    """The prediction; raises `NotFound` when it was removed."""
    prediction = await work.predictions.get(prediction_id)
    if prediction is None:
        raise NotFound(_('This prediction is gone: somebody has removed it.'))
    return prediction


async def _cited(work: RoundWork, pattern_ids: Sequence[str]) -> tuple[str, ...]:
    if not pattern_ids:
        raise BadInput(_('A prediction stands on what was seen: choose at least one pattern for it.'))
    return await cited(work, pattern_ids)

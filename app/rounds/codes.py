"""The short codes of an instance: made, given to doors and halls, replaced."""

from collections.abc import Iterable
from dataclasses import replace

from app.ids import new_code
from app.store import IndexWork

from .model import Code, CodeKind


async def fresh_codes(
    work: IndexWork, round_id: str, kinds: Iterable[tuple[CodeKind, str]], group: str = ''
) -> list[Code]:
    """A new code for each (kind, id of a classroom or ''), in this order, kept in the index; sheets are of a `group`.

    No code of this instance is given twice, and none that was ever replaced.
    """
    made = []
    for kind, classroom in kinds:
        code = Code(id=await _free_code(work), round=round_id, kind=kind, classroom=classroom, group=group)
        await work.codes.put(code)
        made.append(code)
    return made


async def mark_replaced(work: IndexWork, codes: Iterable[str]) -> None:
    """Whoever types one of these is told kindly that it was replaced; one that is not known is passed over."""
    for key in codes:
        old = await work.codes.get(key)
        if old is not None:
            await work.codes.put(replace(old, replaced=True))


async def _free_code(work: IndexWork) -> str:
    code = new_code()
    while await work.codes.get(code):
        code = new_code()
    return code

"""The first facilitator of an instance, as set-up makes her."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from app.schools.timezones import timezones
from app.services import Services

SETUP_CODE = 'TEST22'
EMAIL, PHRASE = 'ama@harbour.example', 'quiet harbour at dawn'


@cache
def where_it_is_eleven() -> str:
    """A time zone in which nothing that a test plans for its day comes near midnight, whenever the tests run."""
    return next(zone for zone in timezones() if dt.datetime.now(ZoneInfo(zone)).hour == 11)


async def set_up(services: Services, *, timezone: str = 'Europe/London') -> str:
    """The token of a session of Ama Boateng, of Harbour View Academy."""
    return await services.schools.set_up(
        code=SETUP_CODE,
        network='Five Bays Learning Network',
        school='Harbour View Academy',
        timezone=timezone,
        name='Ama Boateng',
        email=EMAIL,
        passphrase=PHRASE,
        address='127.0.0.1',
    )

"""The first facilitator of an instance, as set-up makes her."""

from app.services import Services

SETUP_CODE = 'TEST22'
EMAIL, PHRASE = 'ama@harbour.example', 'quiet harbour at dawn'


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

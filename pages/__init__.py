"""One file an address."""

from fastapi import FastAPI

from app.services import Services

from . import (
    account,
    control,
    day,
    home,
    invitation,
    lesson,
    new_round,
    outcome,
    phone,
    plan_round,
    print_round,
    projection,
    set_up,
    sign_in,
    words,
)

PAGES = (
    home,
    set_up,
    sign_in,
    invitation,
    account,
    words,
    new_round,
    plan_round,
    print_round,
    day,
    control,
    projection,
    outcome,
    lesson,
    phone,
)


def register(services: Services, outer: FastAPI) -> None:
    """Register every page; NiceGUI is mounted afterwards, since it answers everything that is left."""
    for page in PAGES:
        page.register(services, outer)

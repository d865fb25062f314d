"""One file an address."""

import importlib
import pkgutil

from fastapi import FastAPI

from app.services import Services


def register(services: Services, outer: FastAPI) -> None:
    """Register every page; NiceGUI is mounted afterwards, since it answers everything that is left."""
    for module in pkgutil.iter_modules(__path__):
        page = importlib.import_module(f'{__name__}.{module.name}')
        if hasattr(page, 'register'):
            page.register(services, outer)

"""Every route of the running app as JSON, `[[method, path], …]`: `python -m tests.browser.running_routes`."""

import json
import re
from collections.abc import Iterable, Iterator

from starlette.routing import BaseRoute, Mount

from app.main import build_app
from app.services import build_services
from app.settings import Settings
from storage.memory_store import MemoryStore


def routes_of(routes: Iterable[BaseRoute], before: str = '') -> Iterator[tuple[str, str]]:
    """Each method and path, those of included routers and mounted apps too; a mount without routes of its own is
    there as one that may be asked anything.
    """
    for route in routes:
        if hasattr(route, 'original_router'):  # FastAPI keeps an included router as one
            yield from routes_of(route.original_router.routes, before)
        elif isinstance(route, Mount):
            if route.routes:
                yield from routes_of(route.routes, before + route.path)
            else:
                yield 'ANY', before + route.path
        else:
            methods = getattr(route, 'methods', None) or {'ANY'}
            yield from ((method, before + route.path) for method in methods - {'HEAD'})


def running_routes() -> list[tuple[str, str]]:
    """The routes of the app as `serve` puts it together; NiceGUI's version is left out of its paths."""
    outer = build_app(build_services(Settings(), MemoryStore(), 'TEST22'))
    return sorted(
        {(method, re.sub(r'^/_nicegui/[\d.]+', '/_nicegui', path)) for method, path in routes_of(outer.routes)}
    )


if __name__ == '__main__':
    print(json.dumps(running_routes()))

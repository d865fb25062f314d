"""Colours, type and the head of every page: the same on screens, phones and paper."""

from pathlib import Path

import fontpkg
from nicegui import app as nicegui_app
from nicegui import ui

STATIC = Path(__file__).parent / 'static'
INK, PAPER, LINE = '#1b2430', '#fbfaf7', '#d9d6cf'
PRIMARY, ACCENT = '#0b5c62', '#b45309'
OK, WAIT, STOP = '#1d6b3a', '#7a5200', '#a1260d'


def serve_static() -> None:
    """Serve the style sheet and Fira Sans from the installed package, once for the app."""
    nicegui_app.add_static_files('/static/fonts', fontpkg.path('Fira Sans').parent)  # before the folder around it
    nicegui_app.add_static_files('/static', STATIC)
    # Quasar's bar for slow requests has no name that a screen reader could say, and nothing here needs it.
    nicegui_app.config.quasar_config['loadingBar'] = {'skipHijack': True}


def apply_theme() -> None:
    """Put the theme on the page that is being drawn."""
    ui.colors(
        primary=PRIMARY, secondary='#3d4b5c', accent=ACCENT, positive=OK, negative=STOP, warning=WAIT, info=PRIMARY
    )
    ui.add_head_html('<link rel="stylesheet" href="/static/app.css">')
    ui.add_head_html('<script defer src="/static/in_order.js"></script>')  # NiceGUI's own comes after it
    ui.add_head_html('<script type="module" src="/static/dialogs.js"></script>')

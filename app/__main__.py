"""The command `rounds`; `python -m app` is the same."""

import logging
import os
import sys

import storage
from app import command_line
from app.errors import RoundsError
from app.settings import Settings
from app.texts import _


def main() -> None:
    """A refusal is one sentence on standard error and exit status 1."""
    logging.basicConfig(level=logging.WARNING, format='%(levelname)s %(name)s: %(message)s')
    try:
        status = command_line.run(sys.argv[1:], serve=serve, storage=storage)
        sys.stdout.flush()
        sys.exit(status)
    except RoundsError as error:
        print(error.sentence, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:  # whoever read has read enough, as in `rounds export ID | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        print(_('Stopped.'), file=sys.stderr)


async def serve(settings: Settings) -> None:
    """Run the app; the only command that needs the pages, whose modules take seconds to read."""
    from app.main import serve as serve_app

    await serve_app(settings)


if __name__ == '__main__':
    main()

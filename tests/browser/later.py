"""The app on a server whose clock is ahead: `python -m tests.browser.later MINUTES serve …`."""

import sys
import time

if __name__ == '__main__':
    minutes = int(sys.argv.pop(1))
    _time = time.time
    time.time = lambda: _time() + minutes * 60
    from app.__main__ import main

    main()

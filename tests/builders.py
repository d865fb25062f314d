"""What tests of several features build their parts with."""

from app.accounts.passphrase import Hashes

#: MiB; what is tested is not how long a guess takes.
QUICK_MEMORY = 1
QUICK = Hashes(QUICK_MEMORY)

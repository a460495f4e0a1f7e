"""Runs Synapse so that it ends with whoever started it.

The starter holds the other end of our standard input. When it closes that end, or dies in any way, the read below
returns and Synapse is asked to stop; no process is ever left behind and no process id has to be remembered.

    python run.py -c homeserver.yaml
"""

import os
import signal
import sys
import threading
import time

# A shutdown that hangs must not outlive the starter for longer than this.
GRACE_SECONDS = 10


def end_with_the_starter() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


threading.Thread(target=end_with_the_starter, daemon=True).start()

from synapse.app.homeserver import main  # noqa: E402  (the watch starts first: the import takes a second)
from synapse.util.clock import Clock  # noqa: E402

# A room can't be created with a date of one's choice, so a history of weeks needs a server that lives in the past.
behind = int(os.environ.get("PARTA_CLOCK_BEHIND", "0"))
if behind:
    true_time = Clock.time
    Clock.time = lambda clock: true_time(clock) - behind

sys.exit(main())

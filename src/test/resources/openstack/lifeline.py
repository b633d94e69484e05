"""Ends this process as soon as the one that started it is gone, however it went.

The starter holds the other end of our standard input and never writes to it.
"""

import os
import threading


def hold():
    # A real thread and the real read: Glance replaces both with green ones later.
    threading.Thread(target=_wait_for_end, args=(os.read, os._exit), daemon=True).start()


def _wait_for_end(read, leave):
    while read(0, 4096):
        pass
    leave(1)

"""Serves Keystone: keystone_server.py PORT --config-file CONFIG_FILE"""

import sys

import lifeline

lifeline.hold()

from keystone.server import wsgi  # noqa: E402
import waitress  # noqa: E402

port = int(sys.argv.pop(1))  # Keystone reads the other arguments.
# One thread: SQLite answers 'database is locked' to a second writer.
waitress.serve(wsgi.initialize_public_application(), host="127.0.0.1", port=port, threads=1)

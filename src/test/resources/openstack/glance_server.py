"""Serves Glance: glance_server.py --config-file CONFIG_FILE"""

import lifeline

lifeline.hold()

from glance.cmd import api  # noqa: E402

api.main()

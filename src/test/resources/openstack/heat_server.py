"""Serves Heat, API and engine in one process: heat_server.py --config-file CONFIG_FILE"""

import lifeline

lifeline.hold()

from heat.cmd import all as heat_all  # noqa: E402

heat_all.main()

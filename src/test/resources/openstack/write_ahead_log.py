"""Switches an SQLite database to write-ahead logging: write_ahead_log.py FILE"""

import sqlite3
import sys

[file] = sys.argv[1:]
sqlite3.connect(file).execute("PRAGMA journal_mode = WAL")

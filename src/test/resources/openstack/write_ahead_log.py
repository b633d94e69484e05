"""Switches SQLite databases to write-ahead logging, so that readers do not wait for a writer: write_ahead_log.py FILE..."""

import sqlite3
import sys

for file in sys.argv[1:]:
    sqlite3.connect(file).execute("PRAGMA journal_mode = WAL")

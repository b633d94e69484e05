"""Renders a directory of templates with Jinja2, set up as Ansible's template module sets it up: once to warm up, then as often
as asked, and prints the CPU seconds of the median round.

  render.py TEMPLATES VARIABLES.json ROUNDS
"""
import json
import os
import statistics
import sys
import time

import jinja2

directory, variables, rounds = sys.argv[1], json.load(open(sys.argv[2])), int(sys.argv[3])
sources = [open(os.path.join(directory, name)).read() for name in sorted(os.listdir(directory))]


def cpu_of_one_round():
    start = time.process_time()
    environment = jinja2.Environment(
        trim_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"]
    )
    for source in sources:
        environment.from_string(source).render(variables)
    return time.process_time() - start


cpu_of_one_round()
print(statistics.median(cpu_of_one_round() for _ in range(rounds)))

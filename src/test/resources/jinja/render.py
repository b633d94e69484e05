"""Renders the templates of a JSON file with real Jinja2, set up as Ansible's template module sets it up."""
import json
import sys

import jinja2


class Undefined(jinja2.StrictUndefined):
    """Undefined as Ansible has it: an attribute of it is undefined too, any other use is an error."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name):
        return self


corpus = json.load(open(sys.argv[1], encoding="utf-8"))
environment = jinja2.Environment(
    trim_blocks=True,
    keep_trailing_newline=True,
    undefined=Undefined,
    finalize=lambda value: "" if value is None else value,
    extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
)
results = []
for template in corpus["templates"]:
    try:
        results.append({"text": environment.from_string(template).render(corpus["variables"])})
    except Exception as error:
        results.append({"error": f"{type(error).__name__}: {error}"})
json.dump(results, sys.stdout)

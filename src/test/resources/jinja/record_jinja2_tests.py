"""A plugin of pytest that writes down what Jinja2's own tests render, for the engine to render it, too.

Each template that a test compiles or renders is rendered once more as Ansible's template module would, by the same Jinja2 and
under the options of the test's environment, which a #jinja2: header can say. Left out is what no template of Ansible's can be: with
autoescape on, in a sandbox, compiled to await, with classes of the test's own among its variables; and what is left to chance.

Writes JSON to the file that RECORDED_TEMPLATES names: a list of {"test", "template", "variables", "files"} and "text" or "error".
"""
import json
import os
import random

import jinja2
import oracle

OPTIONS = {
    "block_start_string": "{%",
    "block_end_string": "%}",
    "variable_start_string": "{{",
    "variable_end_string": "}}",
    "comment_start_string": "{#",
    "comment_end_string": "#}",
    "line_statement_prefix": None,
    "line_comment_prefix": None,
    "trim_blocks": True,
    "lstrip_blocks": False,
    "newline_sequence": "\n",
    "keep_trailing_newline": False,
}
EXTENSIONS = {"jinja2.ext.ExprStmtExtension", "jinja2.ext.LoopControlExtension"}

recorded = {}
recording = False


def options_of(environment):
    """The environment's options that are not Ansible's; None for one that a header cannot describe."""
    plain = (
        type(environment) is jinja2.Environment
        and not environment.is_async
        and environment.autoescape is False
        and set(environment.extensions) <= EXTENSIONS
    )
    changed = {name: getattr(environment, name) for name in OPTIONS if getattr(environment, name) != OPTIONS[name]}
    describable = not any(isinstance(value, str) and set(value) & set(",'\"\\") for value in changed.values())
    return changed if plain and describable else None


def files_of(environment):
    if environment.loader is None:
        return {}
    files = {}
    try:
        for name in environment.list_templates():
            files[name] = environment.loader.get_source(environment, name)[0]
    except (TypeError, jinja2.TemplateNotFound, UnicodeDecodeError):
        pass
    return files


def record(environment, source, variables):
    global recording
    options = None if recording else options_of(environment)
    if options is None or not isinstance(source, str) or "random" in source:
        return
    try:
        plain = json.loads(json.dumps(variables))
    except (TypeError, ValueError):
        return
    header = "#jinja2: " + ", ".join(f"{name}: {value!r}" for name, value in options.items()) + "\n" if options else ""
    case = {"template": header + source, "variables": plain, "files": files_of(environment)}
    key = json.dumps(case, sort_keys=True)
    if key not in recorded:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
        recording = True
        numbers = random.getstate()
        recorded[key] = {"test": test, **case, **oracle.outcome_of_case(source, options, case)}
        random.setstate(numbers)
        recording = False


from_string = jinja2.Environment.from_string
get_template = jinja2.Environment.get_template
render = jinja2.Template.render


def recording_from_string(self, source, *arguments, **named):
    try:
        template = from_string(self, source, *arguments, **named)
    except jinja2.TemplateError:
        record(self, source, {})
        raise
    template.recorded_source = source
    return template


def recording_get_template(self, name, *arguments, **named):
    template = get_template(self, name, *arguments, **named)
    if self.loader is not None and isinstance(name, str):
        template.recorded_source = files_of(self).get(name)
    return template


def recording_render(self, *arguments, **named):
    source = getattr(self, "recorded_source", None)
    try:
        variables = dict(*arguments, **named)
    except (TypeError, ValueError):
        variables = None
    if source is not None and variables is not None:
        record(self.environment, source, variables)
    return render(self, *arguments, **named)


def pytest_configure(config):
    jinja2.Environment.from_string = recording_from_string
    jinja2.Environment.get_template = recording_get_template
    jinja2.Template.render = recording_render


def pytest_unconfigure(config):
    jinja2.Environment.from_string = from_string
    jinja2.Environment.get_template = get_template
    jinja2.Template.render = render
    with open(os.environ["RECORDED_TEMPLATES"], "w", encoding="utf-8") as file:
        json.dump(list(recorded.values()), file)

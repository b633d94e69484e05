"""Renders templates with the real programs that the engine is held against, all in this one process.

Reads JSON from its standard input: {"variables": {...}, "templates": ["...", ...], "files": {"name": "text", ...}}, where
the files are those that templates include, import, extend or look up. Writes JSON: for each template {"text": "..."} or
{"error": "..."}.

  oracle.py jinja2    with Jinja2, set up as Ansible's template module sets it up
  oracle.py ansible   with Ansible's template module itself, up to the point where it would copy the rendered file
"""
import json
import os
import sys
import tempfile


def main(program, request):
    with tempfile.TemporaryDirectory() as directory:
        for name, text in request.get("files", {}).items():
            path = os.path.join(directory, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            write(path, text)
        os.chdir(directory)
        os.environ["ORACLE_VARIABLE"] = "from the environment"
        render = {"jinja2": jinja2_renderer, "ansible": ansible_renderer}[program](directory, request["variables"])
        return [outcome(render, template) for template in request["templates"]]


def outcome(render, template):
    try:
        return {"text": render(template)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def jinja2_renderer(directory, variables):
    import jinja2

    environment = jinja2_environment(jinja2.FileSystemLoader(directory))

    def render(template):
        return jinja2_rendered(environment, template, variables, newlines_at_end(template))

    return render


def outcome_of_case(source, options, case):
    """Of one template with files and variables of its own; its header says the options."""
    import jinja2

    def render(template):
        environment = jinja2_environment(jinja2.DictLoader(case["files"]), **options)
        return jinja2_rendered(environment, source, case["variables"], newlines_at_end(template))

    return outcome(render, case["template"])


def jinja2_environment(loader, **options):
    """Jinja2 as Ansible's template module sets it up, and with a template's own options."""
    from collections.abc import Iterator, MappingView

    import jinja2

    class Undefined(jinja2.StrictUndefined):
        """Undefined as Ansible has it: an attribute of it is undefined too, any other use is an error."""

        def __getattr__(self, name):
            if name.startswith("__"):
                raise AttributeError(name)
            return self

        def __getitem__(self, name):
            return self

    def defined(value):
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ():
            defined(item)
        if isinstance(value, Undefined):
            str(value)

    def printed(value):
        defined(value)
        if isinstance(value, (Iterator, MappingView, range)):
            return list(value)
        return "" if value is None else value

    return jinja2.Environment(
        loader=loader,
        undefined=Undefined,
        finalize=printed,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        **{"trim_blocks": True, **options},
    )


def jinja2_rendered(environment, template, variables, newlines):
    text = environment.from_string(template).render(json.loads(json.dumps(variables)))
    return text + environment.newline_sequence * (newlines - newlines_at_end(text))


def newlines_at_end(text):
    return len(text) - len(text.rstrip("\n"))


def ansible_renderer(directory, variables):
    os.environ["ANSIBLE_JINJA2_EXTENSIONS"] = "jinja2.ext.do,jinja2.ext.loopcontrols"
    os.environ["ANSIBLE_DEPRECATION_WARNINGS"] = "False"
    os.environ["ANSIBLE_LOCAL_TEMP"] = os.environ["ANSIBLE_REMOTE_TEMP"] = directory

    from ansible.parsing.dataloader import DataLoader
    from ansible.playbook.play_context import PlayContext
    from ansible.playbook.task import Task
    from ansible.plugins.action.template import ActionModule
    from ansible.plugins.loader import connection_loader
    from ansible.template import Templar

    class RenderedFile:
        """In the place of the copy action: keeps what it would copy."""

        def get(self, name, task, **others):
            with open(task.args["src"], "rb") as file:
                self.text = file.read().decode("utf-8")
            return self

        def run(self, task_vars):
            return {}

    loader = DataLoader()
    loader.set_basedir(directory)
    play_context = PlayContext()
    connection = connection_loader.get("local", play_context, os.devnull)
    connection._shell.tmpdir = None
    source = os.path.join(directory, "template.j2")

    def render(template):
        write(source, template)
        rendered = RenderedFile()
        rendered.action_loader = rendered
        task = Task.load({"template": {"src": source, "dest": "/dev/null"}})
        own_variables = json.loads(json.dumps(variables))
        module = ActionModule(
            task, connection, play_context, loader, Templar(loader, variables=own_variables), rendered
        )
        result = module.run(task_vars=own_variables)
        if result.get("failed"):
            raise Exception(result["msg"])
        return rendered.text

    return render


if __name__ == "__main__":
    answer = main(sys.argv[1], json.load(sys.stdin))
    json.dump(answer, sys.stdout)

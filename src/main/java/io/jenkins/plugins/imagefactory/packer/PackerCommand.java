package io.jenkins.plugins.imagefactory.packer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Packer is asked to do with a template, as argument lists.
 *
 * @param executable the program
 * @param template a JSON or HCL2 file, or a directory of HCL2 files
 * @param vars values of the template's variables
 * @param varFiles files with values, later ones over earlier ones; {@code vars} over all of them
 * @param only the builds to run; empty for all
 * @param except the builds to leave out
 * @see <a href="https://developer.hashicorp.com/packer/docs/commands">Packer: commands</a>
 */
public record PackerCommand(
        String executable,
        String template,
        Map<String, String> vars,
        List<String> varFiles,
        List<String> only,
        List<String> except) {

    /** Installs the plugins that the template requires, as far as they are missing. */
    public List<String> init() {
        return List.of(executable, "init", template);
    }

    public List<String> validate() {
        List<String> arguments = start("validate");
        addSelection(arguments);
        addValues(arguments);
        arguments.add(template);
        return arguments;
    }

    /** Lists the variables and builders, without values on versions that take none. */
    public List<String> inspect(PackerVersion version) {
        List<String> arguments = start("inspect");
        if (version.inspectsWithVariables()) {
            addValues(arguments);
        }
        arguments.add(template);
        return arguments;
    }

    /** Names the files that {@code packer fmt} would change, and what. */
    public List<String> formatCheck() {
        return List.of(executable, "fmt", "-check", "-diff", template);
    }

    /** Never with {@code -machine-readable}, which prints sensitive variables in clear. */
    public List<String> build(BuildOptions options) {
        List<String> arguments = start("build");
        arguments.add("-color=false");
        arguments.addAll(options.arguments());
        addSelection(arguments);
        addValues(arguments);
        arguments.add(template);
        return arguments;
    }

    private List<String> start(String subcommand) {
        return new ArrayList<>(List.of(executable, subcommand));
    }

    private void addSelection(List<String> arguments) {
        if (!only.isEmpty()) {
            arguments.add("-only=" + String.join(",", only));
        }
        if (!except.isEmpty()) {
            arguments.add("-except=" + String.join(",", except));
        }
    }

    private void addValues(List<String> arguments) {
        for (String varFile : varFiles) {
            arguments.add("-var-file=" + varFile);
        }
        vars.forEach((name, value) -> {
            arguments.add("-var");
            arguments.add(name + "=" + value);
        });
    }
}

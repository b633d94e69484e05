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
 * @param options of the build itself
 * @see <a href="https://developer.hashicorp.com/packer/docs/commands">Packer: commands</a>
 */
public record PackerCommand(
        String executable,
        String template,
        Map<String, String> vars,
        List<String> varFiles,
        List<String> only,
        List<String> except,
        Options options) {

    /**
     * @param force whether to overwrite what an earlier build left
     * @param onError cleanup, abort, ask or run-cleanup-provisioner; null for Packer's own default
     * @param parallelBuilds how many builds run at a time; null for as many as there are
     * @param timestampUi whether Packer puts the time before its lines
     */
    public record Options(boolean force, String onError, Integer parallelBuilds, boolean timestampUi) {
        public static final Options DEFAULT = new Options(false, null, null, false);
    }

    public List<String> version() {
        return List.of(executable, "version");
    }

    /** Installs the plugins that an HCL2 template requires; from Packer 1.7. */
    public List<String> init() {
        return List.of(executable, "init", template);
    }

    public List<String> validate() {
        List<String> arguments = start("validate");
        addSelection(arguments);
        arguments.add(template);
        return arguments;
    }

    /** Tells whether HCL2 files are formatted as {@code packer fmt} would; exit code 3 if not. */
    public List<String> checkFormat() {
        return List.of(executable, "fmt", "-check", "-diff", template);
    }

    /** Lists the template's variables and builders. */
    public List<String> inspect() {
        return List.of(executable, "inspect", template);
    }

    /** Never with {@code -machine-readable}, which prints sensitive variables in clear. */
    public List<String> build() {
        List<String> arguments = start("build");
        arguments.add("-color=false");
        if (options.force) {
            arguments.add("-force");
        }
        if (options.onError != null) {
            arguments.add("-on-error=" + options.onError);
        }
        if (options.parallelBuilds != null) {
            arguments.add("-parallel-builds=" + options.parallelBuilds);
        }
        if (options.timestampUi) {
            arguments.add("-timestamp-ui");
        }
        addSelection(arguments);
        arguments.add(template);
        return arguments;
    }

    /** HCL2 is a directory or a file whose name says so; everything else is a JSON template. */
    public boolean isHcl2(boolean templateIsDirectory) {
        return templateIsDirectory || template.endsWith(".pkr.hcl") || template.endsWith(".pkr.json");
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
        for (String varFile : varFiles) {
            arguments.add("-var-file=" + varFile);
        }
        vars.forEach((name, value) -> {
            arguments.add("-var");
            arguments.add(name + "=" + value);
        });
    }
}

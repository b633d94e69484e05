package io.jenkins.plugins.imagefactory.jenkins.packer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.node.KeptOutput;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.process.FollowedProgram;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramConsole;
import io.jenkins.plugins.imagefactory.jenkins.process.RunDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.packer.LineTone;
import io.jenkins.plugins.imagefactory.packer.PackerCommand;
import io.jenkins.plugins.imagefactory.packer.TemplateSummary;
import io.jenkins.plugins.imagefactory.packer.TemplateSyntax;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A template of the workspace with the values of its variables, and the Packer that reads it. */
public final class PackerTemplate {
    private static final String SUBJECT = "packer";
    private static final int MOST_WARNINGS = 100;

    private final BuildContext build;
    private final PackerProgram program;
    private final PackerCommand command;
    private final TemplateSyntax syntax;
    private final RunDirectory directory;
    private final List<String> warnings = new ArrayList<>();

    /**
     * What a step says of a template.
     *
     * @param tool name of an installation of Packer; null for the one on the PATH
     * @param vars values of variables
     * @param secretVars variables to ids of 'Secret text' credentials
     */
    public record Parameters(
            String template,
            @CheckForNull String tool,
            Map<String, String> vars,
            Map<String, String> secretVars,
            List<String> varFiles,
            List<String> only,
            List<String> except) {}

    private PackerTemplate(
            BuildContext build,
            PackerProgram program,
            PackerCommand command,
            TemplateSyntax syntax,
            RunDirectory directory) {
        this.build = build;
        this.program = program;
        this.command = command;
        this.syntax = syntax;
        this.directory = directory;
    }

    /** Finds the template and Packer, and writes the secrets into a file that {@link #close} removes. */
    public static PackerTemplate open(BuildContext build, Parameters parameters)
            throws IOException, InterruptedException {
        StepParameters.require(
                !parameters.template().isEmpty(), "Packer needs 'template': a Packer template of the workspace");
        StepParameters.require(
                build.node().workspace().child(parameters.template()).exists(),
                "Packer template '" + parameters.template() + "' does not exist in "
                        + build.node().workspace().getRemote());
        FilePath file = WorkspacePaths.of(build.node()).existing(parameters.template());
        List<String> varFiles = new ArrayList<>();
        for (String varFile : parameters.varFiles()) {
            varFiles.add(argument(build, WorkspacePaths.of(build.node()).file(varFile)));
        }
        SecretVariables secrets = SecretVariables.of(build, parameters.secretVars());
        PackerProgram program = PackerProgram.find(build, parameters.tool());
        build.console().log(SUBJECT, "Packer " + program.version().number() + ", " + program.executable());
        RunDirectory directory = RunDirectory.create(build, FollowedProgram.PACKER);
        try {
            return new PackerTemplate(
                    directory.marking(build),
                    program,
                    command(program, parameters, argument(build, file), varFiles, writeSecrets(directory, secrets)),
                    TemplateSyntax.of(parameters.template(), file.isDirectory()),
                    directory);
        } catch (IOException | InterruptedException | RuntimeException e) {
            // A controller that stops, too: Packer has not begun.
            directory.delete(build, FollowedProgram.PACKER);
            throw e;
        }
    }

    private static List<String> writeSecrets(RunDirectory directory, SecretVariables secrets)
            throws IOException, InterruptedException {
        if (secrets.isEmpty()) {
            return List.of();
        }
        directory.write(directory.secrets(), secrets.variableFile());
        return List.of(directory.secrets().getRemote());
    }

    /** As Packer takes it, whatever it begins with. */
    private static String argument(BuildContext build, FilePath file) {
        String path = WorkspacePaths.of(build.node()).relative(file);
        return path.startsWith("-") ? "./" + path : path;
    }

    private static PackerCommand command(
            PackerProgram program,
            Parameters parameters,
            String template,
            List<String> varFiles,
            List<String> secretFiles) {
        List<String> files = new ArrayList<>(varFiles);
        files.addAll(secretFiles);
        return new PackerCommand(
                program.executable(), template, parameters.vars(), files, parameters.only(), parameters.except());
    }

    PackerProgram program() {
        return program;
    }

    PackerCommand command() {
        return command;
    }

    RunDirectory directory() {
        return directory;
    }

    /** Installs the plugins that the template requires, where this version of Packer can. */
    public void init() throws IOException, InterruptedException {
        if (program.version().canInitialise(syntax)) {
            StepParameters.require(
                    show(command.init()) == 0,
                    "Packer could not install the plugins that template '" + command.template()
                            + "' requires: its reasons stand above");
        }
    }

    /** Whether Packer finds the template valid; what it says stands in the console. */
    public boolean validate() throws IOException, InterruptedException {
        if (!program.version().canValidate(syntax)) {
            build.console()
                    .log(SUBJECT, "Packer " + program.version().number() + " cannot validate HCL2 templates: left out");
            return true;
        }
        return show(command.validate()) == 0;
    }

    /** Whether the template is formatted as {@code packer fmt} does; what differs stands in the console. */
    public boolean isFormatted() throws IOException, InterruptedException {
        return !program.version().canFormat(syntax) || show(command.formatCheck()) == 0;
    }

    /** The variables and builders of the template; none if this version of Packer cannot tell. */
    public TemplateSummary inspect() throws IOException, InterruptedException {
        KeptOutput output = new KeptOutput();
        if (program.version().canValidate(syntax)) {
            PackerProgram.run(build, command.inspect(program.version()), output);
        }
        return TemplateSummary.parse(output.text());
    }

    /** The lines by which Packer warned so far. */
    public List<String> warnings() {
        return warnings;
    }

    /** Removes the secrets and all else that lies beside the workspace. */
    public void close() throws IOException, InterruptedException {
        directory.delete(build, FollowedProgram.PACKER);
    }

    private void noteWarning(String line) {
        if (LineTone.of(line) == LineTone.WARNING && warnings.size() < MOST_WARNINGS) {
            warnings.add(line);
        }
    }

    private int show(List<String> arguments) throws IOException, InterruptedException {
        try (ProgramConsole console = new ProgramConsole(
                build, new PackerRemarks(), (line, length, text, ended, time) -> noteWarning(text))) {
            return PackerProgram.run(build, arguments, console);
        }
    }
}

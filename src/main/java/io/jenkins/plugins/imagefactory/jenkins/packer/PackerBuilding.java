package io.jenkins.plugins.imagefactory.jenkins.packer;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.process.FollowedProgram;
import io.jenkins.plugins.imagefactory.jenkins.process.ImageCollection;
import io.jenkins.plugins.imagefactory.jenkins.process.LineRemarks;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramBuilding;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramRun;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramStart;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramWatch;
import io.jenkins.plugins.imagefactory.jenkins.process.RunDirectory;
import io.jenkins.plugins.imagefactory.jenkins.process.RunLogs;
import io.jenkins.plugins.imagefactory.jenkins.result.PackerRun;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.packer.BuildOptions;
import io.jenkins.plugins.imagefactory.packer.PackerArtifact;
import io.jenkins.plugins.imagefactory.packer.PackerBuild;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds images with Packer, and keeps what it made. */
public final class PackerBuilding extends ProgramBuilding<PackerRun> {
    private final PackerTemplate.Parameters parameters;
    private final Options options;
    private final PackerOutput output = new PackerOutput();

    /**
     * How to build.
     *
     * @param init whether to install the plugins that the template requires first
     * @param validate whether to validate the template first; not with force, which packer validate does not know
     * @param debugLog whether to keep Packer's debug log
     * @param logDirectory of the workspace
     * @param images Ant glob of the images; null for those that Packer's output names
     * @param checksums whether to write a SHA256SUM beside the images
     * @param silence after which Packer is ended; null for no limit
     * @param abortGrace how long it may clean up when it is ended
     */
    public record Options(
            BuildOptions packer,
            boolean init,
            boolean validate,
            boolean debugLog,
            String logDirectory,
            @CheckForNull String images,
            boolean checksums,
            boolean archiveImages,
            boolean archiveLogs,
            @CheckForNull Duration silence,
            Duration abortGrace) {}

    public PackerBuilding(BuildContext build, PackerTemplate.Parameters parameters, Options options)
            throws AbortException {
        super(
                build,
                FollowedProgram.PACKER,
                new ProgramWatch.Limits(options.silence(), options.abortGrace()),
                options.archiveLogs());
        this.parameters = parameters;
        this.options = options;
    }

    @Override
    protected LineRemarks remarks() throws IOException {
        return new PackerRemarks();
    }

    @Override
    protected void read(String line, Instant time) {
        output.accept(line, time);
    }

    @Override
    protected ProgramStart prepare() throws IOException, InterruptedException {
        PackerTemplate template = PackerTemplate.open(build(), parameters);
        try {
            prepare(template);
            return new ProgramStart(
                    template.directory(),
                    RunLogs.nameFor(build(), options.logDirectory(), logName(parameters.template())),
                    template.program().version().number(),
                    template.command().build(options.packer()),
                    variables(template.directory()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            // A controller that stops, too: Packer has not begun.
            template.close();
            throw e;
        }
    }

    private void prepare(PackerTemplate template) throws IOException, InterruptedException {
        if (options.init()) {
            template.init();
        }
        if (options.validate() && !options.packer().force()) {
            StepParameters.require(
                    template.validate(),
                    "Packer finds template '" + parameters.template() + "' invalid: its reasons stand above");
        }
        Virtualisation.check(build(), template.inspect());
    }

    private Map<String, String> variables(RunDirectory directory) {
        Map<String, String> variables = new TreeMap<>(PackerProgram.VARIABLES);
        if (options.debugLog()) {
            variables.put("PACKER_LOG", "1");
            variables.put("PACKER_LOG_PATH", directory.debugLog().getRemote());
        }
        return variables;
    }

    /** {@code web} for {@code templates/web.pkr.hcl}. */
    private static String logName(String template) {
        String name = template.replace('\\', '/').replaceAll("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1).replaceAll("(\\.pkr)?\\.(json|hcl)$", "");
        return name.isEmpty() || name.equals(".") ? "packer" : name;
    }

    @Override
    protected PackerRun keep(ProgramRun run, int exitCode) throws IOException, InterruptedException {
        ImageCollection.Collected collected = new ImageCollection(
                        build().parameters().expand(options.images()), options.checksums(), options.archiveImages())
                .collect(build(), run, places(), run.version());
        PackerRun result = PackerRun.of(collected.images(), output, run.logFile(), run.version(), run.millisSoFar());
        build().record().packerRan(result, options.archiveLogs());
        requireSuccess(exitCode, run.logFile());
        collected.requireNoneRefused();
        return result;
    }

    /** The files and directories that Packer's output names, each with its build. */
    private Map<String, String> places() {
        Map<String, String> builds = new LinkedHashMap<>();
        for (PackerArtifact artifact : output.artifacts()) {
            artifact.files().forEach(file -> builds.put(file, artifact.build()));
            if (artifact.directory() != null) {
                builds.put(artifact.directory(), artifact.build());
            }
        }
        return builds;
    }

    private void requireSuccess(int exitCode, String logFile) throws AbortException {
        List<String> errors = output.builds().stream()
                .filter(PackerBuild::failed)
                .map(ended -> "'" + ended.name() + "': " + ended.error())
                .toList();
        StepParameters.require(
                errors.isEmpty(),
                "Packer could not build " + String.join("; ", errors) + " (template " + parameters.template() + ", log "
                        + logFile + ")");
        StepParameters.require(
                exitCode >= 0, "Packer is gone and left no exit code: was its node restarted? Its log is " + logFile);
        StepParameters.require(
                exitCode == 0,
                "Packer ended with exit code " + exitCode + " on template '" + parameters.template()
                        + "': its reasons stand above and in " + logFile);
        StepParameters.require(
                !output.builds().isEmpty(),
                "Packer built nothing from template '" + parameters.template() + "': only " + parameters.only()
                        + " and except " + parameters.except() + " left no build");
    }
}

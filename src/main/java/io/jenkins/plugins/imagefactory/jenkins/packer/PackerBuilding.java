package io.jenkins.plugins.imagefactory.jenkins.packer;

import hudson.AbortException;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ControllerStops;
import io.jenkins.plugins.imagefactory.packer.BuildOptions;
import io.jenkins.plugins.imagefactory.packer.BuiltImage;
import io.jenkins.plugins.imagefactory.packer.PackerBuild;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Builds images with Packer: prepares, runs and follows it, and keeps what it made. After a restart of the controller it
 * takes up the Packer that went on in the meantime.
 */
public final class PackerBuilding {
    private static final String SUBJECT = "packer";

    private final PackerTemplate.Parameters parameters;
    private final Options options;
    private final PackerOutput output = new PackerOutput();
    private BuildContext build;

    /**
     * How to build.
     *
     * @param init whether to install the plugins that the template requires first
     * @param validate whether to validate the template first
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
            String images,
            boolean checksums,
            boolean archiveImages,
            boolean archiveLogs,
            Duration silence,
            Duration abortGrace) {}

    public PackerBuilding(BuildContext build, PackerTemplate.Parameters parameters, Options options) {
        this.build = build;
        this.parameters = parameters;
        this.options = options;
    }

    /** The result as a Pipeline reads it. */
    public Map<String, Object> run() throws IOException, InterruptedException {
        SecretVariables secrets = SecretVariables.of(build, parameters.secretVars());
        PackerLog log = new PackerLog(build);
        PackerConsole console = new PackerConsole(build, secrets.mask(), (line, length, text, ended, time) -> {
            log.add(line, length, ended, time);
            output.accept(text, time);
        });
        if (build.continuity().kept() instanceof PackerRun before) {
            return resume(before, secrets, log, console);
        }
        PackerTemplate template = PackerTemplate.open(build, parameters);
        PackerRun run;
        PackerProcess process;
        try {
            prepare(template);
            run = PackerRun.prepare(
                    build,
                    template.directory(),
                    RunLogs.nameFor(build, options.logDirectory(), parameters.template()),
                    template.program().version());
            process = run.start(build, template.command().build(options.packer()), options.debugLog(), console);
            if (process.lasts()) {
                build.continuity().keep(run);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            template.close();
            throw e;
        }
        return follow(run, process, secrets, log, console);
    }

    private void prepare(PackerTemplate template) throws IOException, InterruptedException {
        if (options.init()) {
            template.init();
        }
        if (options.validate()) {
            BuildContext.require(
                    template.validate(),
                    "Packer finds template '" + parameters.template() + "' invalid: its reasons stand above");
        }
        Virtualisation.check(build, template.inspect());
    }

    private Map<String, Object> resume(PackerRun run, SecretVariables secrets, PackerLog log, PackerConsole console)
            throws IOException, InterruptedException {
        PackerProcess process = run.resume(build);
        BuildContext.require(
                process != null, "Packer did not outlive the restart of Jenkins, since it ran in the foreground");
        build.log(SUBJECT, "Jenkins is back, and Packer went on: reading on");
        PackerLog.read(build.workspace().child(run.logFile()), output::accept);
        return follow(run, process, secrets, log, console);
    }

    private Map<String, Object> follow(
            PackerRun run, PackerProcess process, SecretVariables secrets, PackerLog log, PackerConsole console)
            throws IOException, InterruptedException {
        PackerWatch watch = new PackerWatch(
                build, run, process, console, log, new PackerWatch.Limits(options.silence(), options.abortGrace()));
        Map<String, Object> result;
        try {
            int exitCode = watch.follow();
            build = watch.build();
            watch.requireUndisturbed();
            result = keep(run, exitCode);
        } catch (ControllerStops e) {
            throw e;
        } catch (IOException | InterruptedException | RuntimeException e) {
            build = watch.build();
            cleanUpAfter(e, run, process, secrets);
            throw e;
        }
        cleanUp(run, process, secrets);
        return result;
    }

    private void cleanUpAfter(Exception failure, PackerRun run, PackerProcess process, SecretVariables secrets)
            throws InterruptedException {
        try {
            cleanUp(run, process, secrets);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Map<String, Object> keep(PackerRun run, int exitCode) throws IOException, InterruptedException {
        List<BuiltImage> images = new ImageCollection(
                        build.expand(options.images()), options.checksums(), options.archiveImages())
                .collect(build, output, run);
        Map<String, Object> result = PackerResult.of(images, output, run);
        build.record().packerRan(result, options.archiveLogs());
        requireSuccess(exitCode, run.logFile());
        return result;
    }

    private void cleanUp(PackerRun run, PackerProcess process, SecretVariables secrets)
            throws IOException, InterruptedException {
        try {
            RunLogs.keep(build, run, secrets.mask(), options.archiveLogs());
        } finally {
            run.directory(build).delete();
            process.forget(build);
        }
    }

    private void requireSuccess(int exitCode, String logFile) throws AbortException {
        List<String> errors = output.builds().stream()
                .filter(PackerBuild::failed)
                .map(ended -> "'" + ended.name() + "': " + ended.error())
                .toList();
        BuildContext.require(
                errors.isEmpty(),
                "Packer could not build " + String.join("; ", errors) + " (template " + parameters.template() + ", log "
                        + logFile + ")");
        BuildContext.require(
                exitCode >= 0, "Packer is gone and left no exit code: was its node restarted? Its log is " + logFile);
        BuildContext.require(
                exitCode == 0,
                "Packer ended with exit code " + exitCode + " on template '" + parameters.template()
                        + "': its reasons stand above and in " + logFile);
        BuildContext.require(
                !output.builds().isEmpty(),
                "Packer built nothing from template '" + parameters.template() + "': only " + parameters.only()
                        + " and except " + parameters.except() + " left no build");
    }
}

package io.jenkins.plugins.imagefactory.jenkins.dib;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.image.DiskImageCreateCommand;
import io.jenkins.plugins.imagefactory.jenkins.node.KeptOutput;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.process.FollowedProgram;
import io.jenkins.plugins.imagefactory.jenkins.process.ImageCollection;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramBuilding;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramRun;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramStart;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramWatch;
import io.jenkins.plugins.imagefactory.jenkins.process.RunDirectory;
import io.jenkins.plugins.imagefactory.jenkins.process.RunLogs;
import io.jenkins.plugins.imagefactory.jenkins.result.BuiltDiskImages;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Builds an image of elements with diskimage-builder, and keeps what it made. */
public final class DiskImageBuilding extends ProgramBuilding<BuiltDiskImages> {
    private static final FollowedProgram PROGRAM = FollowedProgram.DISK_IMAGE_CREATE;
    private static final String LOG_DIRECTORY = "dib-logs";
    private static final Duration ABORT_GRACE = Duration.ofSeconds(120);

    private final Parameters parameters;

    /**
     * What to build.
     *
     * @param output path of the image in the workspace, without suffix
     * @param release of the distribution; null for the element's own default
     * @param types of files to make
     * @param size of the disk in GiB; 0 for as much as its files need
     * @param elementsPath directories of the workspace that hold elements
     * @param env variables that the elements read
     * @param options further arguments of disk-image-create
     * @param archive whether to archive the images and their SHA256SUM with the build
     * @param silence after which it is ended; null for no limit
     */
    public record Parameters(
            List<String> elements,
            String output,
            @CheckForNull String release,
            List<String> types,
            int size,
            List<String> elementsPath,
            Map<String, String> env,
            List<String> options,
            boolean archive,
            @CheckForNull Duration silence) {}

    public DiskImageBuilding(BuildContext build, Parameters parameters) {
        super(build, PROGRAM, new ProgramWatch.Limits(parameters.silence(), ABORT_GRACE), true);
        this.parameters = parameters;
    }

    @Override
    protected ProgramStart prepare() throws IOException, InterruptedException {
        check();
        String executable = NodeProgram.installed(build().node(), PROGRAM.title(), "diskimage-builder");
        String version = version(executable);
        build().console().log(PROGRAM.subject(), "diskimage-builder " + version + ", " + executable);
        WorkspacePaths paths = WorkspacePaths.of(build().node());
        FilePath image = paths.target(parameters.output());
        for (String file : command(executable).files()) {
            paths.target(file);
        }
        Objects.requireNonNull(image.getParent(), "a file has a directory").mkdirs();
        String log = RunLogs.nameFor(build(), LOG_DIRECTORY, image.getName());
        return new ProgramStart(
                RunDirectory.create(build(), PROGRAM),
                log,
                version,
                command(executable).arguments(),
                variables());
    }

    private void check() throws IOException, InterruptedException {
        StepParameters.require(!parameters.elements().isEmpty(), "diskImageBuild needs 'elements': what to build of");
        for (String element : parameters.elements()) {
            StepParameters.require(
                    element.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]*"),
                    "elements: '" + element + "' is no element's name");
        }
        String workspace = build().node().workspace().getRemote();
        StepParameters.require(
                workspace.chars().noneMatch(Character::isWhitespace),
                "disk-image-create does not work where a path has a space, as in " + workspace
                        + ": run it inside of ws('/a/path/without')");
        for (String directory : parameters.elementsPath()) {
            StepParameters.require(
                    build().node().workspace().child(directory).isDirectory(),
                    "elementsPath: there is no directory '" + directory + "' in " + workspace);
            WorkspacePaths.of(build().node()).existing(directory);
        }
    }

    private String version(String executable) throws IOException, InterruptedException {
        KeptOutput output = new KeptOutput();
        NodeProgram.run(build().node(), List.of(executable, "--version"), output);
        return output.text().strip();
    }

    private DiskImageCreateCommand command(String executable) {
        return new DiskImageCreateCommand(
                executable,
                parameters.elements(),
                build().node().workspace().child(parameters.output()).getRemote(),
                parameters.types(),
                parameters.size(),
                parameters.options());
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DIB_NO_TIMESTAMP", "1");
        variables.put("OVERWRITE_OLD_IMAGE", "1");
        if (parameters.release() != null) {
            variables.put("DIB_RELEASE", parameters.release());
        }
        if (!parameters.elementsPath().isEmpty()) {
            variables.put("ELEMENTS_PATH", elementsPath());
        }
        variables.putAll(parameters.env());
        return variables;
    }

    /** That of the build's environment comes after the step's own. */
    private String elementsPath() {
        List<String> directories = parameters.elementsPath().stream()
                .map(directory -> build().node().workspace().child(directory).getRemote())
                .collect(Collectors.toCollection(ArrayList::new));
        String before = build().node().env().get("ELEMENTS_PATH", "");
        if (!before.isEmpty()) {
            directories.add(before);
        }
        return String.join(":", directories);
    }

    /** Its output is for people alone. */
    @Override
    protected void read(String line, Instant time) {}

    @Override
    protected BuiltDiskImages keep(ProgramRun run, int exitCode) throws IOException, InterruptedException {
        StepParameters.require(
                exitCode >= 0,
                "disk-image-create is gone and left no exit code: was its node restarted? Its log is " + run.logFile());
        StepParameters.require(
                exitCode == 0,
                "disk-image-create ended with exit code " + exitCode + " on elements "
                        + String.join(", ", parameters.elements()) + ": its reasons stand above and in "
                        + run.logFile());
        List<String> files = command(PROGRAM.title()).files();
        ImageCollection.Collected collected = new ImageCollection(null, true, parameters.archive())
                .collect(
                        build(),
                        run,
                        files.stream().collect(Collectors.toMap(file -> file, file -> PROGRAM.title())),
                        null);
        collected.requireNoneRefused();
        return new BuiltDiskImages(
                collected.images(),
                files.stream()
                        .map(file -> WorkspacePaths.of(build().node())
                                .relative(new FilePath(build().node().workspace(), file)))
                        .toList(),
                run.logFile(),
                run.version(),
                run.millisSoFar());
    }
}

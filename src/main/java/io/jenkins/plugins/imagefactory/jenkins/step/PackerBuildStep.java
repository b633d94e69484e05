package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.BuiltImage;
import io.jenkins.plugins.imagefactory.packer.ImageSearch;
import io.jenkins.plugins.imagefactory.packer.PackerArtifact;
import io.jenkins.plugins.imagefactory.packer.PackerBuild;
import io.jenkins.plugins.imagefactory.packer.PackerCommand;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import io.jenkins.plugins.imagefactory.packer.PackerVersion;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.agents.ControllerToAgentFileCallable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code packerBuild}: runs {@code packer build} in the workspace and keeps the images and the log that it made. */
public final class PackerBuildStep extends OperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "packer";
    private static final String PACKER = "packer";
    private static final String LOG_DIRECTORY = "packer-logs";
    private static final String LATEST_LOG = "packer.latest.log";
    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final long VERSION_TIMEOUT_SECONDS = 10;
    private static final long FILE_TIME_GRANULARITY_MILLIS = 2000;

    private final String template;
    private Map<String, String> vars = new LinkedHashMap<>();
    private List<String> varFiles = new ArrayList<>();
    private List<String> only = new ArrayList<>();
    private List<String> except = new ArrayList<>();
    private boolean force;
    private boolean validate = true;
    private String images;
    private boolean archiveImages = true;
    private boolean archiveLogs = true;

    /** @param template a JSON or HCL2 file of the workspace, or a directory of HCL2 files */
    @DataBoundConstructor
    public PackerBuildStep(String template) {
        this.template = Util.fixNull(template).trim();
    }

    public String getTemplate() {
        return template;
    }

    public Map<String, String> getVars() {
        return vars;
    }

    /** Values of the template's variables, over all variable files. No place for secrets. */
    @DataBoundSetter
    public void setVars(Map<String, ?> vars) {
        Map<String, String> texts = new LinkedHashMap<>();
        Util.fixNull(vars, Map.<String, Object>of()).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        this.vars = texts;
    }

    public List<String> getVarFiles() {
        return varFiles;
    }

    /** Variable files of the workspace, later ones over earlier ones. */
    @DataBoundSetter
    public void setVarFiles(List<String> varFiles) {
        this.varFiles = new ArrayList<>(Util.fixNull(varFiles));
    }

    public List<String> getOnly() {
        return only;
    }

    /** The builds to run. Default: all. */
    @DataBoundSetter
    public void setOnly(List<String> only) {
        this.only = new ArrayList<>(Util.fixNull(only));
    }

    public List<String> getExcept() {
        return except;
    }

    /** The builds to leave out. Default: none. */
    @DataBoundSetter
    public void setExcept(List<String> except) {
        this.except = new ArrayList<>(Util.fixNull(except));
    }

    public boolean isForce() {
        return force;
    }

    /** Whether to overwrite what an earlier build left. Default: false. */
    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    public boolean isValidate() {
        return validate;
    }

    /** Whether to run {@code packer validate} first. Default: true. */
    @DataBoundSetter
    public void setValidate(boolean validate) {
        this.validate = validate;
    }

    public String getImages() {
        return images;
    }

    /** Ant glob of the images that the build makes. Default: those that Packer's output names. */
    @DataBoundSetter
    public void setImages(String images) {
        this.images = Util.fixEmptyAndTrim(images);
    }

    public boolean isArchiveImages() {
        return archiveImages;
    }

    /** Whether to archive the images and their SHA256SUM with the build. Default: true. */
    @DataBoundSetter
    public void setArchiveImages(boolean archiveImages) {
        this.archiveImages = archiveImages;
    }

    public boolean isArchiveLogs() {
        return archiveLogs;
    }

    /** Whether to archive Packer's log with the build. Default: true. */
    @DataBoundSetter
    public void setArchiveLogs(boolean archiveLogs) {
        this.archiveLogs = archiveLogs;
    }

    @Override
    protected Map<String, Object> run(BuildContext build) throws IOException, InterruptedException {
        long start = System.nanoTime();
        PackerCommand command = command(build);
        requireTemplate(build, command.template());
        PackerVersion version = version(build, command);
        validate(build, command);
        String logFile = LOG_DIRECTORY + "/" + logName(command.template());
        PackerOutput output = new PackerOutput();
        List<BuiltImage> built;
        try {
            FilePath log = build.workspace().child(logFile);
            log.write("", StandardCharsets.UTF_8.name());
            long startOnAgent = log.lastModified() - FILE_TIME_GRANULARITY_MILLIS;
            int exitCode = build(build, command, log, output);
            built = collectImages(build, output, startOnAgent);
            requireSuccess(command, exitCode, output, logFile);
        } finally {
            keepLog(build, logFile);
        }
        return describe(built, output, logFile, version, (System.nanoTime() - start) / 1_000_000);
    }

    private PackerCommand command(BuildContext build) throws IOException, InterruptedException {
        BuildContext.require(!template.isEmpty(), "packerBuild needs 'template': a Packer template of the workspace");
        Map<String, String> expandedVars = new LinkedHashMap<>();
        vars.forEach((name, value) -> expandedVars.put(name, build.expand(value)));
        return new PackerCommand(
                executable(build),
                build.expand(template),
                expandedVars,
                varFiles.stream().map(build::expand).toList(),
                only,
                except,
                force);
    }

    private static void requireTemplate(BuildContext build, String path) throws IOException, InterruptedException {
        BuildContext.require(
                build.workspace().child(path).exists(),
                "Packer template '" + path + "' does not exist in "
                        + build.workspace().getRemote());
    }

    /** A process finds its program on the PATH of whoever starts it; a shell asks the build's own, in its container. */
    private static String executable(BuildContext build) throws IOException, InterruptedException {
        if (!build.launcher().isUnix()) {
            return PACKER;
        }
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        int exitCode = launch(build, List.of("/bin/sh", "-c", "command -v " + PACKER))
                .quiet(true)
                .stdout(path)
                .join();
        BuildContext.require(exitCode == 0, packerMissing(build));
        return path.toString(StandardCharsets.UTF_8).strip();
    }

    private static PackerVersion version(BuildContext build, PackerCommand command)
            throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        launch(build, command.version())
                .quiet(true)
                .stdout(output)
                .start()
                .joinWithTimeout(VERSION_TIMEOUT_SECONDS, TimeUnit.SECONDS, build.listener());
        return PackerVersion.parse(output.toString(StandardCharsets.UTF_8))
                .orElseThrow(() -> new AbortException(
                        command.executable() + " is not HashiCorp's Packer: put that one before it on the PATH"));
    }

    private static String packerMissing(BuildContext build) {
        return "Packer is not installed on " + build.env().get("NODE_NAME", "the agent") + ": there is no '" + PACKER
                + "' on its PATH " + build.env().get("PATH", "");
    }

    private void validate(BuildContext build, PackerCommand command) throws IOException, InterruptedException {
        if (!validate) {
            return;
        }
        int exitCode =
                launch(build, command.validate()).stdout(build.listener()).join();
        BuildContext.require(
                exitCode == 0, "Packer finds template '" + command.template() + "' invalid: its reasons stand above");
    }

    private static int build(BuildContext build, PackerCommand command, FilePath log, PackerOutput output)
            throws IOException, InterruptedException {
        try (PackerConsole console =
                new PackerConsole(build.listener().getLogger(), new BufferedOutputStream(log.write()), output)) {
            return launch(build, command.build()).stdout(console).join();
        }
    }

    private static Launcher.ProcStarter launch(BuildContext build, List<String> arguments) {
        EnvVars env = new EnvVars(build.env());
        env.put("CHECKPOINT_DISABLE", "1");
        return build.launcher().launch().cmds(arguments).envs(env).pwd(build.workspace());
    }

    private List<BuiltImage> collectImages(BuildContext build, PackerOutput output, long startOnAgent)
            throws IOException, InterruptedException {
        ImageSearch search = images == null
                ? ImageSearch.amongArtifacts(output.artifacts())
                : new ImageSearch(newFiles(build, build.expand(images), startOnAgent));
        List<BuiltImage> built = build.workspace().act(new Collection(search));
        Map<String, String> files = new LinkedHashMap<>();
        for (BuiltImage image : built) {
            build.log(
                    SUBJECT,
                    image.path() + " (" + image.content().format().glanceName() + ") SHA-256 " + image.sha256());
            files.put(image.path(), image.path());
            String checksums = siblingOf(image.path(), ImageSearch.CHECKSUMS);
            files.put(checksums, checksums);
            build.record().imageBuilt(describe(image));
        }
        if (archiveImages) {
            build.archive(files);
        }
        return built;
    }

    private static Map<String, String> newFiles(BuildContext build, String glob, long startOnAgent)
            throws IOException, InterruptedException {
        Map<String, String> files = new LinkedHashMap<>();
        for (FilePath file : build.workspace().list(glob)) {
            if (file.lastModified() >= startOnAgent) {
                files.put(file.getRemote(), null);
            } else {
                build.log(SUBJECT, file.getRemote() + " matches '" + glob + "' but is older than this build: left out");
            }
        }
        return files;
    }

    private void requireSuccess(PackerCommand command, int exitCode, PackerOutput output, String logFile)
            throws AbortException {
        List<String> errors = output.builds().stream()
                .filter(ended -> !ended.succeeded())
                .map(ended -> "'" + ended.name() + "': " + ended.error())
                .toList();
        BuildContext.require(
                errors.isEmpty(),
                "Packer could not build " + String.join("; ", errors) + " (template " + command.template() + ", log "
                        + logFile + ")");
        BuildContext.require(
                exitCode == 0,
                "Packer ended with exit code " + exitCode + " on template '" + command.template()
                        + "': its reasons stand above and in " + logFile);
        BuildContext.require(
                !output.builds().isEmpty(),
                "Packer built nothing from template '" + command.template() + "': only " + only + " and except "
                        + except + " left no build");
    }

    private void keepLog(BuildContext build, String logFile) throws IOException, InterruptedException {
        build.workspace().child(logFile).copyTo(build.workspace().child(LATEST_LOG));
        if (archiveLogs) {
            build.archive(Map.of(logFile, logFile, LATEST_LOG, LATEST_LOG));
        }
    }

    private static String logName(String templatePath) {
        String name = templatePath.replace('\\', '/').replaceAll("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1).replaceAll("(\\.pkr)?\\.(json|hcl)$", "");
        return (name.isEmpty() || name.equals(".") ? "packer" : name) + "-" + LOG_TIME.format(LocalDateTime.now())
                + ".log";
    }

    private static String siblingOf(String path, String name) {
        return path.substring(0, path.lastIndexOf('/') + 1) + name;
    }

    private static Map<String, Object> describe(
            List<BuiltImage> built, PackerOutput output, String logFile, PackerVersion version, long millis) {
        List<Map<String, Object>> imageResults = new ArrayList<>();
        built.forEach(image -> imageResults.add(describe(image)));
        List<Map<String, Object>> artifactResults = new ArrayList<>();
        output.artifacts().forEach(artifact -> artifactResults.add(describe(artifact)));
        List<Map<String, Object>> buildResults = new ArrayList<>();
        output.builds().forEach(ended -> buildResults.add(describe(ended)));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("image", built.size() == 1 ? built.get(0).path() : null);
        result.put("images", imageResults);
        result.put("artifacts", artifactResults);
        result.put("builds", buildResults);
        result.put("logFile", logFile);
        result.put("packerVersion", version.number());
        result.put("millis", millis);
        return result;
    }

    private static Map<String, Object> describe(BuiltImage image) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("path", image.path());
        result.put("format", image.content().format().glanceName());
        result.put("size", image.content().size());
        result.put("virtualSize", image.content().virtualSize());
        result.put("sha256", image.sha256());
        result.put("builder", image.build());
        return result;
    }

    private static Map<String, Object> describe(PackerArtifact artifact) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("builder", artifact.build());
        result.put("description", artifact.description());
        result.put("id", artifact.id());
        result.put("files", new ArrayList<>(artifact.files()));
        return result;
    }

    private static Map<String, Object> describe(PackerBuild ended) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", ended.name());
        result.put("status", ended.succeeded() ? "success" : "failure");
        result.put("millis", ended.duration().toMillis());
        result.put("error", ended.error());
        return result;
    }

    private static final class Collection implements ControllerToAgentFileCallable<List<BuiltImage>> {
        private static final long serialVersionUID = 1L;

        private final ImageSearch search;

        Collection(ImageSearch search) {
            this.search = search;
        }

        @Override
        public List<BuiltImage> invoke(File workspace, VirtualChannel channel)
                throws IOException, InterruptedException {
            return search.run(workspace.toPath());
        }
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        public DescriptorImpl() {
            super("packerBuild");
        }

        @Override
        public String getDisplayName() {
            return Messages.PackerBuildStep_DisplayName();
        }
    }
}

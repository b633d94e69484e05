package io.jenkins.plugins.imagefactory.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Util;
import hudson.remoting.VirtualChannel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.BuiltImage;
import io.jenkins.plugins.imagefactory.packer.ImageSearch;
import io.jenkins.plugins.imagefactory.packer.PackerArtifact;
import io.jenkins.plugins.imagefactory.packer.PackerBuild;
import io.jenkins.plugins.imagefactory.packer.PackerCommand;
import io.jenkins.plugins.imagefactory.packer.PackerHints;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import io.jenkins.plugins.imagefactory.packer.PackerStep;
import io.jenkins.plugins.imagefactory.packer.PackerVersion;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.agents.ControllerToAgentFileCallable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code packerBuild}: runs {@code packer build} in the workspace and keeps the images and the log that it made. */
public final class PackerBuildStep extends CloudOperationStep {
    private static final long serialVersionUID = 1L;
    private static final String SUBJECT = "packer";
    private static final String LATEST_LOG = "packer.latest.log";
    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
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
    private String packer;
    private Map<String, String> secretVars = new LinkedHashMap<>();
    private String onError;
    private Integer parallelBuilds;
    private boolean timestampUi;
    private boolean init = true;
    private boolean debugLog;
    private String logDir = DescriptorImpl.LOG_DIRECTORY;
    private boolean checksums = true;
    private int silenceTimeout;
    private int abortGrace = DescriptorImpl.ABORT_GRACE;

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

    public String getPacker() {
        return packer;
    }

    /** Name of a Packer of Manage Jenkins, Tools. Default: the one on the agent's PATH. */
    @DataBoundSetter
    public void setPacker(String packer) {
        this.packer = Util.fixEmptyAndTrim(packer);
    }

    public Map<String, String> getSecretVars() {
        return secretVars;
    }

    /** Ids of credentials (secret text, or the password of a username with password) for variables of the template. */
    @DataBoundSetter
    public void setSecretVars(Map<String, String> secretVars) {
        this.secretVars = new LinkedHashMap<>(Util.fixNull(secretVars, Map.of()));
    }

    public String getOnError() {
        return onError;
    }

    /** {@code cleanup}, {@code abort} or {@code run-cleanup-provisioner} when a build fails. Default: Packer's, cleanup. */
    @DataBoundSetter
    public void setOnError(String onError) {
        this.onError = Util.fixEmptyAndTrim(onError);
    }

    public Integer getParallelBuilds() {
        return parallelBuilds;
    }

    /** How many builds run at a time. Default: all. */
    @DataBoundSetter
    public void setParallelBuilds(Integer parallelBuilds) {
        this.parallelBuilds = parallelBuilds;
    }

    public boolean isTimestampUi() {
        return timestampUi;
    }

    /** Whether Packer puts the time before its lines in the console. Default: false. */
    @DataBoundSetter
    public void setTimestampUi(boolean timestampUi) {
        this.timestampUi = timestampUi;
    }

    public boolean isInit() {
        return init;
    }

    /** Whether to install the plugins that an HCL2 template requires, with Packer 1.7 and later. Default: true. */
    @DataBoundSetter
    public void setInit(boolean init) {
        this.init = init;
    }

    public boolean isDebugLog() {
        return debugLog;
    }

    /** Whether Packer writes its debug log ({@code PACKER_LOG=1}), into a file of its own. Default: false. */
    @DataBoundSetter
    public void setDebugLog(boolean debugLog) {
        this.debugLog = debugLog;
    }

    public String getLogDir() {
        return logDir;
    }

    /** Directory of the logs in the workspace. Default: {@code packer-logs}. */
    @DataBoundSetter
    public void setLogDir(String logDir) {
        this.logDir = Util.fixNull(Util.fixEmptyAndTrim(logDir), DescriptorImpl.LOG_DIRECTORY);
    }

    public boolean isChecksums() {
        return checksums;
    }

    /** Whether to write a {@code SHA256SUM} beside the images. Default: true. */
    @DataBoundSetter
    public void setChecksums(boolean checksums) {
        this.checksums = checksums;
    }

    public int getSilenceTimeout() {
        return silenceTimeout;
    }

    /** Seconds without any output after which Packer is stopped. Default: 0, which is never. */
    @DataBoundSetter
    public void setSilenceTimeout(int silenceTimeout) {
        this.silenceTimeout = silenceTimeout;
    }

    public int getAbortGrace() {
        return abortGrace;
    }

    /** Seconds that Packer has to clean up when the build is aborted. Default: 120. */
    @DataBoundSetter
    public void setAbortGrace(int abortGrace) {
        this.abortGrace = abortGrace;
    }

    @Override
    protected Map<String, Object> run(BuildContext build) throws IOException, InterruptedException {
        long start = System.nanoTime();
        BuildContext.require(
                onError == null || DescriptorImpl.ON_ERROR.contains(onError),
                "onError is '" + onError + "', but must be one of " + DescriptorImpl.ON_ERROR);
        PackerSetting setting = new PackerSetting(build);
        try {
            if (isForCloud()) {
                setting.logIn(openCloud(build));
            }
            setting.provide(secretVars);
            return run(build, setting, start);
        } finally {
            setting.dispose();
        }
    }

    private boolean isForCloud() {
        return getCloud() != null || getProject() != null || getCredentialsId() != null;
    }

    private Map<String, Object> run(BuildContext build, PackerSetting setting, long start)
            throws IOException, InterruptedException {
        PackerCommand command = command(build, setting);
        FilePath templateFile = templateFile(build, command.template());
        PackerVersion version = setting.version(command.executable());
        prepare(build, setting, command, version, templateFile.isDirectory());
        String logFile = logDir + "/" + logName(command.template());
        if (debugLog) {
            setting.env().put("PACKER_LOG", "1");
            setting.env().put("PACKER_LOG_PATH", debugLogFile(logFile));
            build.workspace().child(debugLogFile(logFile)).write("", StandardCharsets.UTF_8.name());
        }
        PackerOutput output = new PackerOutput();
        List<BuiltImage> built;
        try {
            FilePath log = build.workspace().child(logFile);
            log.write("", StandardCharsets.UTF_8.name());
            long startOnAgent = log.lastModified() - FILE_TIME_GRANULARITY_MILLIS;
            int exitCode = build(build, setting, command, log, output);
            built = collectImages(build, output, startOnAgent, version);
            requireSuccess(command, exitCode, output, logFile);
        } finally {
            keepLog(build, logFile);
        }
        return describe(built, output, logFile, version, (System.nanoTime() - start) / 1_000_000);
    }

    private PackerCommand command(BuildContext build, PackerSetting setting) throws IOException, InterruptedException {
        BuildContext.require(!template.isEmpty(), "packerBuild needs 'template': a Packer template of the workspace");
        Map<String, String> expandedVars = new LinkedHashMap<>();
        vars.forEach((name, value) -> expandedVars.put(name, build.expand(value)));
        return new PackerCommand(
                setting.executable(build.expand(packer)),
                build.expand(template),
                expandedVars,
                setting.variableFiles(varFiles.stream().map(build::expand).toList()),
                only,
                except,
                new PackerCommand.Options(force, onError, parallelBuilds, timestampUi));
    }

    private static FilePath templateFile(BuildContext build, String path) throws IOException, InterruptedException {
        FilePath file = build.workspace().child(path);
        BuildContext.require(
                file.exists(),
                "Packer template '" + path + "' does not exist in "
                        + build.workspace().getRemote());
        return file;
    }

    /** Installs the template's plugins and asks Packer what it thinks of it. */
    private void prepare(
            BuildContext build,
            PackerSetting setting,
            PackerCommand command,
            PackerVersion version,
            boolean templateIsDirectory)
            throws IOException, InterruptedException {
        OutputStream console = setting.masked(build.listener().getLogger());
        if (init && command.isHcl2(templateIsDirectory) && version.isAtLeast(1, 7)) {
            BuildContext.require(
                    setting.run(command.init(), console) == 0,
                    "packer init could not install the plugins of template '" + command.template()
                            + "': its reasons stand above"
                            + " (GitHub limits downloads to 60 an hour: a token in PACKER_GITHUB_API_TOKEN helps)");
        }
        if (validate) {
            BuildContext.require(
                    setting.run(command.validate(), console) == 0,
                    "Packer finds template '" + command.template() + "' invalid: its reasons stand above");
        }
    }

    private int build(
            BuildContext build, PackerSetting setting, PackerCommand command, FilePath log, PackerOutput output)
            throws IOException, InterruptedException {
        PackerHints hints = new PackerHints();
        build.log(SUBJECT, String.join(" ", command.build()));
        PackerProcess process = new PackerProcess(
                build, setting.env(), Duration.ofSeconds(abortGrace), Duration.ofSeconds(silenceTimeout));
        try (PackerConsole console = new PackerConsole(
                setting.masked(build.listener().getLogger()),
                setting.masked(new BufferedOutputStream(log.write())),
                output,
                hints)) {
            return process.run(command.build(), console);
        } finally {
            hints.seen().forEach(hint -> build.log(SUBJECT, "Hint: " + hint));
        }
    }

    private List<BuiltImage> collectImages(
            BuildContext build, PackerOutput output, long startOnAgent, PackerVersion version)
            throws IOException, InterruptedException {
        ImageSearch search = images == null
                ? ImageSearch.amongArtifacts(output.artifacts())
                : new ImageSearch(newFiles(build, build.expand(images), startOnAgent));
        List<BuiltImage> built = build.workspace().act(new Collection(search, checksums));
        Map<String, String> files = new LinkedHashMap<>();
        for (BuiltImage image : built) {
            build.log(
                    SUBJECT,
                    image.path() + " (" + image.content().format().glanceName() + ") SHA-256 " + image.sha256());
            files.put(image.path(), image.path());
            if (checksums) {
                String sums = siblingOf(image.path(), ImageSearch.CHECKSUMS);
                files.put(sums, sums);
            }
            Map<String, Object> record = describe(image);
            record.put("packerVersion", version.number());
            build.record().imageBuilt(record);
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
            Map<String, String> files = new LinkedHashMap<>(Map.of(logFile, logFile, LATEST_LOG, LATEST_LOG));
            if (debugLog) {
                files.put(debugLogFile(logFile), debugLogFile(logFile));
            }
            build.archive(files);
        }
    }

    private static String logName(String templatePath) {
        String name = templatePath.replace('\\', '/').replaceAll("/+$", "");
        name = name.substring(name.lastIndexOf('/') + 1).replaceAll("(\\.pkr)?\\.(json|hcl)$", "");
        return (name.isEmpty() || name.equals(".") ? "packer" : name) + "-" + LOG_TIME.format(LocalDateTime.now())
                + ".log";
    }

    private static String debugLogFile(String logFile) {
        return logFile.replaceFirst("\\.log$", ".debug.log");
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
        List<Map<String, Object>> steps = new ArrayList<>();
        for (PackerStep step : ended.steps()) {
            steps.add(new LinkedHashMap<>(
                    Map.of("name", step.name(), "millis", step.duration().toMillis())));
        }
        result.put("steps", steps);
        return result;
    }

    private static final class Collection implements ControllerToAgentFileCallable<List<BuiltImage>> {
        private static final long serialVersionUID = 1L;

        private final ImageSearch search;
        private final boolean checksums;

        Collection(ImageSearch search, boolean checksums) {
            this.search = search;
            this.checksums = checksums;
        }

        @Override
        public List<BuiltImage> invoke(File workspace, VirtualChannel channel)
                throws IOException, InterruptedException {
            return search.run(workspace.toPath(), checksums);
        }
    }

    @Extension
    public static final class DescriptorImpl extends OperationDescriptor {
        static final String LOG_DIRECTORY = "packer-logs";
        static final int ABORT_GRACE = 120;
        static final List<String> ON_ERROR = List.of("cleanup", "abort", "run-cleanup-provisioner");

        public DescriptorImpl() {
            super("packerBuild");
        }

        @Override
        public String getDisplayName() {
            return Messages.PackerBuildStep_DisplayName();
        }

        @POST
        public ListBoxModel doFillPackerItems() {
            return options(
                    Messages.PackerBuildStep_OnPath(),
                    Arrays.stream(ExtensionList.lookupSingleton(PackerInstallation.DescriptorImpl.class)
                                    .getInstallations())
                            .map(PackerInstallation::getName)
                            .toList());
        }

        @POST
        public ListBoxModel doFillOnErrorItems() {
            return options(Messages.PackerBuildStep_PackersDefault(), ON_ERROR);
        }
    }
}

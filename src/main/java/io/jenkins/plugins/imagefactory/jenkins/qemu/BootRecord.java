package io.jenkins.plugins.imagefactory.jenkins.qemu;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.boot.BootReport;
import io.jenkins.plugins.imagefactory.image.boot.Screen;
import io.jenkins.plugins.imagefactory.image.boot.SerialConsole;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.result.BootedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.agents.ControllerToAgentFileCallable;

/** What a build keeps of a boot, in the workspace and in the archive: the console's text, the screen, the report. */
public final class BootRecord {
    private static final String DIRECTORY = "image-boot";
    private static final int CHUNK_BYTES = 64 * 1024;

    private final BuildContext build;
    private final String name;
    private String console;
    private String screenshot;
    private String report;

    BootRecord(BuildContext build, FilePath image) {
        this.build = build;
        this.name = nameFor(build.node().workspace().getRemote(), image.getRemote());
    }

    /** {@code output-web.qcow2} for {@code output/web.qcow2} of the workspace. */
    private static String nameFor(String workspace, String image) {
        String path = image.startsWith(workspace + "/") ? image.substring(workspace.length() + 1) : image;
        return path.replaceFirst("^/+", "").replace('/', '-');
    }

    /**
     * Keeps what there is.
     *
     * @param qemu must have ended; null if it never began
     */
    void keep(@CheckForNull QemuProcess qemu, BootReport checks) throws IOException, InterruptedException {
        if (qemu != null && qemu.console().exists()) {
            FilePath text = file(".console.txt");
            console = path(".console.txt");
            copyText(qemu.console(), text);
        }
        if (qemu != null && qemu.screen().exists()) {
            FilePath picture = file(".png");
            screenshot = path(".png");
            qemu.screen().act(new ToPng(picture.getRemote()));
        }
        FilePath results = file(".xml");
        report = path(".xml");
        results.write(checks.xml(), StandardCharsets.UTF_8.name());
        build.record()
                .archive(Stream.of(console, screenshot, report)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toMap(path -> path, path -> path)));
    }

    /** With what was kept. */
    BootedImage booted(long millis) {
        return new BootedImage(
                true,
                millis,
                Optional.ofNullable(console),
                Optional.ofNullable(screenshot),
                Optional.ofNullable(report));
    }

    /** Fails now if it could not be kept later. */
    void requirePlace() throws IOException, InterruptedException {
        WorkspacePaths.of(build.node()).target(DIRECTORY + "/" + name);
    }

    private String path(String suffix) {
        return DIRECTORY + "/" + name + suffix;
    }

    private FilePath file(String suffix) throws IOException, InterruptedException {
        FilePath file = WorkspacePaths.of(build.node()).target(path(suffix));
        Objects.requireNonNull(file.getParent(), "a file has a directory").mkdirs();
        return file;
    }

    /** By way of the controller, which alone knows the secrets that a guest may have printed. */
    private void copyText(FilePath console, FilePath target) throws IOException, InterruptedException {
        try (InputStream source = console.read();
                PrintWriter text = new PrintWriter(
                        build.masking().stream(new BufferedOutputStream(target.write())),
                        false,
                        StandardCharsets.UTF_8)) {
            SerialConsole lines = new SerialConsole(null, text::println);
            for (long read = 0; read < QemuProcess.LARGEST_CONSOLE; read += CHUNK_BYTES) {
                lines.accept(source.readNBytes(CHUNK_BYTES));
            }
            lines.close();
        }
    }

    private static final class ToPng implements ControllerToAgentFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final String target;

        ToPng(String target) {
            this.target = target;
        }

        @Override
        public Void invoke(File screen, VirtualChannel channel) throws IOException {
            Screen.writePng(screen.toPath(), Path.of(target));
            return null;
        }
    }
}

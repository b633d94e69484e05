package io.jenkins.plugins.imagefactory.jenkins.boot;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.boot.BootReport;
import io.jenkins.plugins.imagefactory.image.boot.Screen;
import io.jenkins.plugins.imagefactory.image.boot.SerialConsole;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.WorkspacePaths;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.agents.ControllerToAgentFileCallable;

/** What a build keeps of a boot, in the workspace and in the archive: the console's text, the screen, the report. */
final class BootRecord {
    private static final String DIRECTORY = "image-boot";
    private static final int CHUNK_BYTES = 64 * 1024;

    private final BuildContext build;
    private final String name;
    private final Map<String, String> paths = new LinkedHashMap<>();

    BootRecord(BuildContext build, FilePath image) {
        this.build = build;
        this.name = nameFor(build.workspace().getRemote(), image.getRemote());
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
    void keep(QemuProcess qemu, BootReport report) throws IOException, InterruptedException {
        if (qemu != null && qemu.console().exists()) {
            copyText(qemu.console(), file("console", ".console.txt"));
        }
        if (qemu != null && qemu.screen().exists()) {
            qemu.screen().act(new ToPng(file("screenshot", ".png").getRemote()));
        }
        file("report", ".xml").write(report.xml(), StandardCharsets.UTF_8.name());
        build.archive(paths.values().stream().collect(Collectors.toMap(path -> path, path -> path)));
    }

    /** Paths in the workspace of {@code console}, {@code screenshot} and {@code report}, as far as they were kept. */
    Map<String, String> paths() {
        return paths;
    }

    /** Fails now if it could not be kept later. */
    void requirePlace() throws IOException, InterruptedException {
        WorkspacePaths.of(build).target(DIRECTORY + "/" + name);
    }

    private FilePath file(String kind, String suffix) throws IOException, InterruptedException {
        String path = DIRECTORY + "/" + name + suffix;
        FilePath file = WorkspacePaths.of(build).target(path);
        file.getParent().mkdirs();
        paths.put(kind, path);
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

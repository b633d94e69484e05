package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.node.WorkspacePaths;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.packer.TerminalLines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of a run's logs in the workspace and in the archive. */
public final class RunLogs {
    private static final String SUFFIX = ".log";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private RunLogs() {}

    /** {@code packer-logs/web-20261121-053000.log} for {@code web} in {@code packer-logs}, that no other run has. */
    public static String nameFor(BuildContext build, String directory, String name)
            throws IOException, InterruptedException {
        String path = directory + "/" + name + "-" + TIME.format(LocalDateTime.now());
        WorkspacePaths paths = WorkspacePaths.of(build.node());
        String unique = path;
        for (int number = 2; paths.target(unique + SUFFIX).exists(); number++) {
            unique = path + "-" + number;
        }
        return paths.relative(paths.target(unique + SUFFIX));
    }

    /** Copies the log to the name of the latest, keeps a debug log with the secrets masked, and archives them. */
    static void keep(BuildContext build, ProgramRun run, boolean archive) throws IOException, InterruptedException {
        String latest = run.program().latestLog();
        Map<String, String> files = new LinkedHashMap<>();
        WorkspacePaths paths = WorkspacePaths.of(build.node());
        build.node().workspace().child(run.logFile()).copyTo(paths.target(latest));
        files.put(run.logFile(), run.logFile());
        files.put(latest, latest);
        FilePath debugLog = run.directory(build.node()).debugLog();
        if (debugLog.exists()) {
            String name = run.logFile().replaceFirst("\\.log$", ".debug.log");
            copyMasked(build, debugLog, paths.target(name));
            files.put(name, name);
        }
        if (archive) {
            build.record().archive(files);
        }
    }

    private static void copyMasked(BuildContext build, FilePath from, FilePath to)
            throws IOException, InterruptedException {
        try (InputStream text = from.read();
                OutputStream file = new BufferedOutputStream(to.write());
                OutputStream masked = build.masking().stream(new TerminalLines((line, length, ended) -> {
                    file.write(line, 0, length);
                    if (ended) {
                        file.write('\n');
                    }
                }))) {
            text.transferTo(masked);
        }
    }
}

package io.jenkins.plugins.imagefactory.jenkins.process;

import hudson.FilePath;
import io.jenkins.plugins.imagefactory.jenkins.node.BuildNode;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.PrivateDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A directory beside the workspace, of one run of a program, that only the agent's user can read; removed with the run. */
public record RunDirectory(PrivateDirectory files) {
    public static RunDirectory create(BuildContext build, FollowedProgram program)
            throws IOException, InterruptedException {
        return new RunDirectory(PrivateDirectory.create(build.node().workspace(), program.subject()));
    }

    /** That of a run that was begun before. */
    static RunDirectory of(BuildNode node, ProgramRun run) {
        return new RunDirectory(new PrivateDirectory(node.workspace().child(run.directory()), LeftDirectory.of(run)));
    }

    FilePath path() {
        return files.path();
    }

    /** By which programs are marked that end with it. */
    public BuildContext marking(BuildContext build) {
        return build.marked(files.left());
    }

    /** What goes away as soon as the program has ended. */
    public FilePath secrets() {
        return path().child("secrets.json");
    }

    FilePath script() {
        return path().child("program.sh");
    }

    FilePath group() {
        return path().child("group");
    }

    FilePath output() {
        return path().child("output");
    }

    FilePath position() {
        return path().child("position");
    }

    /** How far the output has been read, in bytes; 0 where that could not be noted yet. */
    long readPosition() throws IOException, InterruptedException {
        if (!position().exists()) {
            return 0;
        }
        try (InputStream text = position().read()) {
            String noted = new String(text.readAllBytes(), StandardCharsets.US_ASCII);
            return noted.isEmpty() ? 0 : Long.parseLong(noted);
        }
    }

    /** Notes that, on the agent: always in as many bytes, so that a full disk takes it where there was one before. */
    static void writePosition(Path file, long position) throws IOException {
        byte[] text = String.format(Locale.ROOT, "%020d", position).getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            TimedLog.writeAll(channel, 0, text);
        }
    }

    /** Is kept beside the log if the program writes it. */
    public FilePath debugLog() {
        return path().child("debug.log");
    }

    /** Writes a file that only its owner reads, from its first byte on. */
    public void write(FilePath file, String content) throws IOException, InterruptedException {
        files.write(file.getName(), content);
    }

    /** Removes it, now or when its agent is back; the console is told the latter. */
    public void delete(BuildContext build, FollowedProgram program) throws IOException, InterruptedException {
        files.delete(build, program.subject());
    }
}

package io.jenkins.plugins.imagefactory.jenkins.node;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Launcher;
import hudson.Proc;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Programs of the build's node, run by its launcher: in its container, with its environment. */
public final class NodeProgram {
    /** By this variable Jenkins finds the processes in their environment. */
    private static final String COOKIE = "IMAGE_FACTORY_PROGRAM";

    private NodeProgram() {}

    /**
     * A quiet process in the workspace; Jenkins expands no variable in its arguments.
     *
     * @param variables over the step's own environment
     * @param output takes what it prints, errors too
     */
    public static Launcher.ProcStarter starter(
            BuildNode node, List<String> arguments, Map<String, String> variables, OutputStream output) {
        EnvVars env = new EnvVars(node.env());
        env.putAll(variables);
        Map<String, String> literalEnv = new TreeMap<>();
        env.forEach((name, value) -> literalEnv.put(name, literal(value)));
        return node.launcher()
                .launch()
                .cmds(arguments.stream().map(NodeProgram::literal).toList())
                .envs(literalEnv)
                .pwd(node.workspace())
                .quiet(true)
                .stdout(output);
    }

    /**
     * Runs one to its end; an interruption ends it and all it started.
     *
     * @return its exit code
     */
    public static int run(BuildNode node, List<String> arguments, OutputStream output)
            throws IOException, InterruptedException {
        Map<String, String> mark = Map.of(COOKIE, UUID.randomUUID().toString());
        Proc process = starter(node, arguments, mark, output).start();
        try {
            return process.join();
        } catch (InterruptedException e) {
            try {
                process.kill();
                node.launcher().kill(mark);
            } catch (IOException | RuntimeException unreachable) {
                // What ended the program is thrown, ControllerStops among it.
                e.addSuppressed(unreachable);
            }
            throw e;
        }
    }

    /**
     * Where the PATH has one: a process finds its program on the PATH of whoever starts it, a shell asks the build's own.
     *
     * @param name the name itself is the answer where there is no shell
     */
    public static Optional<String> onPath(BuildNode node, String name) throws IOException, InterruptedException {
        if (!node.launcher().isUnix()) {
            return Optional.of(name);
        }
        KeptOutput path = new KeptOutput();
        int exitCode = run(node, List.of("/bin/sh", "-c", "command -v \"$0\"", name), path);
        return exitCode == 0 ? Optional.of(path.text().strip()) : Optional.empty();
    }

    /**
     * The same, and ends the operation if there is none.
     *
     * @param title as people call the program
     */
    public static String installed(BuildNode node, String name, String title) throws IOException, InterruptedException {
        return onPath(node, name)
                .orElseThrow(() -> new AbortException(
                        title + " is not installed on " + node.env().get("NODE_NAME", "the agent") + ": there is no '"
                                + name + "' on its PATH " + node.env().get("PATH", "")));
    }

    /** Launchers expand {@code $NAME} in arguments and environment, and {@code $$} to a dollar. */
    private static String literal(String text) {
        return text.replace("$", "$$");
    }
}

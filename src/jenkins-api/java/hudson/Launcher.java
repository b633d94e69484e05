package hudson;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** On the local node. */
public abstract class Launcher {
    protected final TaskListener listener;

    protected Launcher(TaskListener listener, VirtualChannel channel) {
        this.listener = listener;
    }

    public boolean isUnix() {
        return File.pathSeparatorChar == ':';
    }

    public final ProcStarter launch() {
        return new ProcStarter();
    }

    public abstract Proc launch(ProcStarter starter) throws IOException;

    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    public final class ProcStarter {
        protected List<String> commands;
        protected FilePath pwd;
        protected OutputStream stdout = OutputStream.nullOutputStream();
        protected InputStream stdin = new ByteArrayInputStream(new byte[0]);
        protected String[] envs = {};
        private boolean quiet;

        public ProcStarter cmds(List<String> args) {
            commands = args;
            return this;
        }

        public List<String> cmds() {
            return commands;
        }

        public ProcStarter envs(Map<String, String> overrides) {
            envs = overrides.entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toArray(String[]::new);
            return this;
        }

        public ProcStarter pwd(FilePath workingDir) {
            pwd = workingDir;
            return this;
        }

        public ProcStarter quiet(boolean quiet) {
            this.quiet = quiet;
            return this;
        }

        public ProcStarter stdout(OutputStream out) {
            stdout = out;
            return this;
        }

        public ProcStarter stdout(TaskListener out) {
            return stdout(out.getLogger());
        }

        public Proc start() throws IOException {
            return launch(this);
        }

        public int join() throws IOException, InterruptedException {
            return start().join();
        }
    }

    public static class LocalLauncher extends Launcher {
        public LocalLauncher(TaskListener listener) {
            super(listener, null);
        }

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            if (!starter.quiet) {
                listener.getLogger().println("$ " + String.join(" ", starter.commands));
            }
            EnvVars env = new EnvVars(System.getenv());
            for (String variable : starter.envs) {
                int equals = variable.indexOf('=');
                env.override(variable.substring(0, equals), env.expand(variable.substring(equals + 1)));
            }
            return new Proc.LocalProc(
                    starter.commands.stream().map(env::expand).toArray(String[]::new),
                    env.entrySet().stream()
                            .map(variable -> variable.getKey() + "=" + variable.getValue())
                            .toArray(String[]::new),
                    starter.stdin,
                    starter.stdout,
                    starter.pwd == null ? null : new File(starter.pwd.getRemote()));
        }

        @Override
        public void kill(Map<String, String> modelEnvVars) throws InterruptedException {
            ProcessHandle.allProcesses()
                    .filter(process -> environmentOf(process.pid()).containsAll(variables(modelEnvVars)))
                    .forEach(ProcessHandle::destroyForcibly);
        }

        private static List<String> variables(Map<String, String> modelEnvVars) {
            return modelEnvVars.entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList();
        }

        private static List<String> environmentOf(long pid) {
            try {
                return List.of(Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
                        .split("\0"));
            } catch (IOException e) {
                return List.of();
            }
        }
    }
}

package hudson;

import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

public abstract class Proc {
    private static final long SOFT_KILL_SECONDS = 5;
    private static final long LEAK_SECONDS = 10;

    protected Proc() {}

    public abstract boolean isAlive() throws IOException, InterruptedException;

    public abstract void kill() throws IOException, InterruptedException;

    public abstract int join() throws IOException, InterruptedException;

    public final int joinWithTimeout(long timeout, TimeUnit unit, TaskListener listener)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        while (isAlive() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        if (isAlive()) {
            listener.error("Timeout after " + timeout + " " + unit);
            kill();
        }
        return join();
    }

    public static final class LocalProc extends Proc {
        private final Process process;
        private final Thread pump;

        public LocalProc(String[] cmd, String[] env, InputStream in, OutputStream out, File workDir)
                throws IOException {
            ProcessBuilder builder = new ProcessBuilder(cmd).directory(workDir).redirectErrorStream(true);
            for (String variable : env) {
                int equals = variable.indexOf('=');
                builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            process = builder.start();
            in.transferTo(process.getOutputStream());
            process.getOutputStream().close();
            pump = new Thread(() -> pump(out), "output of " + cmd[0]);
            pump.setDaemon(true);
            pump.start();
        }

        @Override
        public boolean isAlive() throws IOException, InterruptedException {
            return process.isAlive();
        }

        @Override
        public int join() throws InterruptedException, IOException {
            try {
                int exitCode = process.waitFor();
                pump.join(TimeUnit.SECONDS.toMillis(LEAK_SECONDS));
                return exitCode;
            } catch (InterruptedException e) {
                kill();
                throw e;
            }
        }

        @Override
        public void kill() throws InterruptedException, IOException {
            List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            tree.forEach(ProcessHandle::destroy);
            process.waitFor(SOFT_KILL_SECONDS, TimeUnit.SECONDS);
            tree.forEach(ProcessHandle::destroyForcibly);
        }

        private void pump(OutputStream out) {
            try (InputStream output = process.getInputStream()) {
                byte[] buffer = new byte[8192];
                for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                    out.write(buffer, 0, count);
                    out.flush();
                }
            } catch (IOException e) {
                process.destroy();
            }
        }
    }
}

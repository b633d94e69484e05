package io.jenkins.plugins.imagefactory.runner;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Action;
import hudson.model.BuildListener;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.imagefactory.jenkins.cloud.CloudAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.ArtifactManager;
import jenkins.util.VirtualFile;

/**
 * A build on this machine: a workspace, a console, and a directory for what it archives. Its {@link Run} answers only
 * what this plugin asks: it cannot be a real one without a Jenkins.
 *
 * @param workspace must exist
 * @param artifacts the archive
 * @param clouds whom the steps ask for sessions
 */
public record LocalBuild(
        Path workspace,
        Path artifacts,
        TaskListener listener,
        CloudAccess clouds,
        Run<?, ?> run,
        List<Action> actions) {

    public static LocalBuild in(Path workspace, Path artifacts, OutputStream console, CloudAccess clouds)
            throws IOException {
        List<Action> actions = new CopyOnWriteArrayList<>();
        Files.createDirectories(workspace);
        return new LocalBuild(
                workspace,
                artifacts,
                new StreamTaskListener(console, StandardCharsets.UTF_8),
                clouds,
                run(actions, new Archive(artifacts)),
                actions);
    }

    /** The build's action of that type. */
    public <T extends Action> T action(Class<T> type) {
        return actions.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static Run<?, ?> run(List<Action> actions, ArtifactManager archive) throws IOException {
        Run<?, ?> run = mock(Run.class);
        when(run.getCharset()).thenReturn(StandardCharsets.UTF_8);
        when(run.pickArtifactManager()).thenReturn(archive);
        doAnswer(call -> actions.add(call.getArgument(0))).when(run).addAction(any());
        when(run.getAction(any())).thenAnswer(call -> {
            Class<?> type = call.getArgument(0);
            return actions.stream().filter(type::isInstance).findFirst().orElse(null);
        });
        return run;
    }

    private static final class Archive extends ArtifactManager {
        private final Path directory;

        Archive(Path directory) {
            this.directory = directory;
        }

        @Override
        public void onLoad(Run<?, ?> build) {}

        @Override
        public void archive(
                FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                throws IOException {
            for (Map.Entry<String, String> artifact : artifacts.entrySet()) {
                Path target = directory.resolve(artifact.getKey());
                Files.createDirectories(target.getParent());
                Files.copy(
                        Path.of(workspace.getRemote()).resolve(artifact.getValue()),
                        target,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }

        @Override
        public boolean delete() {
            throw new UnsupportedOperationException();
        }

        @Override
        public VirtualFile root() {
            throw new UnsupportedOperationException();
        }
    }
}

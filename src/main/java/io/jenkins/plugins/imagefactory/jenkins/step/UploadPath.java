package io.jenkins.plugins.imagefactory.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeConsole;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDataUpload;
import io.jenkins.plugins.imagefactory.openstack.image.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.image.TransferProgress;
import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import jenkins.agents.ControllerToAgentFileCallable;

/** The way of a file into Glance: from the agent that has it. */
record UploadPath(BuildContext build, FilePath file, boolean provenance) implements ImageUpload.DataPath {
    @Override
    public Digests send(ImageDataUpload upload) throws IOException, InterruptedException {
        DigestedFile known = build.record().digested(file).orElse(null);
        return file.act(
                new Sending(upload, known, new NodeConsole(build.console().listener(), GlanceUploadStep.SUBJECT)));
    }

    @Override
    public Digests digest(DigestAlgorithm algorithm) throws IOException, InterruptedException {
        return digests(Set.of(algorithm));
    }

    /** Reads the file once. */
    Digests digests(Set<DigestAlgorithm> algorithms) throws IOException, InterruptedException {
        return file.act(new Digesting(algorithms));
    }

    @Override
    public Map<String, String> provenance(Digests digests) {
        return provenance ? Provenance.ofFile(build, digests.sha256()) : Map.of();
    }

    private static final class Digesting implements ControllerToAgentFileCallable<Digests> {
        private static final long serialVersionUID = 1L;

        private final Set<DigestAlgorithm> algorithms;

        Digesting(Set<DigestAlgorithm> algorithms) {
            this.algorithms = Set.copyOf(algorithms);
        }

        @Override
        public Digests invoke(File file, VirtualChannel channel) throws IOException, InterruptedException {
            try {
                return Digests.of(file.toPath(), algorithms);
            } catch (IOException e) {
                throw new UnreadableFileException(file.toPath(), e);
            }
        }
    }

    private static final class Sending implements ControllerToAgentFileCallable<Digests> {
        private static final long serialVersionUID = 1L;

        private final ImageDataUpload upload;
        private final DigestedFile known;
        private final NodeConsole console;

        Sending(ImageDataUpload upload, @CheckForNull DigestedFile known, NodeConsole console) {
            this.upload = upload;
            this.known = known;
            this.console = console;
        }

        @Override
        public Digests invoke(File file, VirtualChannel channel) throws IOException, InterruptedException {
            return upload.send(file.toPath(), known, new TransferProgress(file.length(), "sent", console::log));
        }
    }
}

package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.imagefactory.fixture.BaseDisk;
import io.jenkins.plugins.imagefactory.fixture.Guestfs;
import io.jenkins.plugins.imagefactory.fixture.images.VmdkFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.Continuity;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFile;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.runner.LocalBuild;
import io.jenkins.plugins.imagefactory.runner.LocalStepContext;
import io.jenkins.plugins.imagefactory.runner.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** imageConvert with Debian's qemu-img, GNU tar and libguestfs. */
@Timeout(600)
class ImageConvertStepIT {
    private static final int MIB = 1024 * 1024;
    private static final int ODD_BYTES = 10 * MIB + 512;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private LocalBuild build;

    @BeforeEach
    void prepareABuild() throws IOException {
        build = LocalBuild.in(directory.resolve("work späce"), directory.resolve("archive"), console, (run, choice) -> {
            throw new AssertionError("no cloud is needed");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, qcow2, ''",
        "qcow2, qcow2, 'compress: true, options: [compression_type: ''zstd'']'",
        "vhd, vpc, ''",
        "vhdx, vhdx, ''",
        "vmdk, vmdk, ''",
        "vmdk, vmdk, 'compress: true'",
        "vdi, vdi, ''",
        "raw, raw, ''"
    })
    void theResultHoldsTheSameDiskAndIsSoundByItsFormat(String format, String qemuFormat, String more)
            throws Exception {
        disk("a $HOME disk.img", ODD_BYTES);

        run("""
                def made = imageConvert(file: 'a $HOME disk.img', format: '%s', output: 'out/disk'%s)
                echo "made ${made.path} ${made.format} ${made.size} ${made.sha256} ${made.catalog}"
                """.formatted(format, more.isEmpty() ? "" : ", " + more));

        Path made = workspace("out/disk");
        assertThat(info(made).path("format").asText()).isEqualTo(qemuFormat);
        if (!List.of("raw", "vpc").contains(qemuFormat)) {
            output("qemu-img", "check", "-f", qemuFormat, made);
        }
        output("qemu-img", "compare", "-f", "raw", "-F", qemuFormat, workspace("a $HOME disk.img"), made);
        assertThat(console())
                .contains("made out/disk " + format + " " + Files.size(made) + " " + Digests.sha256(made) + " null");
        assertOnlyInWorkspace("a $HOME disk.img", "out");
    }

    @Test
    void aCompressedVmdkIsStreamOptimised() throws Exception {
        disk("disk.img", ODD_BYTES);

        run("imageConvert file: 'disk.img', format: 'vmdk', compress: true");

        assertThat(info(workspace("disk.vmdk"))
                        .at("/format-specific/data/create-type")
                        .asText())
                .isEqualTo("streamOptimized");
    }

    @Test
    void azureTakesAFixedVhdOfWholeMebibytes() throws Exception {
        disk("disk.img", ODD_BYTES);

        run("imageConvert file: '*.img', format: 'azure'");

        Path vhd = workspace("disk.vhd");
        byte[] content = Files.readAllBytes(vhd);
        assertThat(content).hasSize(11 * MIB + 512);
        byte[] footer = java.util.Arrays.copyOfRange(content, 11 * MIB, content.length);
        assertThat(new String(footer, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("conectix");
        assertThat(java.nio.ByteBuffer.wrap(footer).getInt(60))
                .as("disk type: fixed")
                .isEqualTo(2);
        assertThat(output("qemu-img", "info", "-f", "vpc", vhd)).contains("(11534336 bytes)");
        output("qemu-img", "compare", "-f", "raw", "-F", "vpc", workspace("disk.img"), vhd);
    }

    @Test
    void googleTakesASparseDiskOfWholeGibibytesInAnOldGnuTar() throws Exception {
        disk("disk.img", ODD_BYTES);

        run("imageConvert file: 'disk.img', format: 'gcp'");

        Path tarball = workspace("disk.gcp.tar.gz");
        assertThat(output("tar", "--list", "--verbose", "--gzip", "--file", tarball)
                        .lines())
                .singleElement()
                .asString()
                .matches("-rw-r--r-- 0/0 +1073741824 .* disk.raw");
        byte[] header = header(tarball);
        assertThat(new String(header, 257, 8, StandardCharsets.US_ASCII)).isEqualTo("ustar  \0");
        assertThat((char) header[156])
                .as("type of member: sparse in old GNU format")
                .isEqualTo('S');
        output("tar", "--extract", "--gzip", "--directory", directory, "--file", tarball);
        assertThat(allocatedBytes(directory.resolve("disk.raw"))).isLessThan(20 * MIB);
        output("qemu-img", "compare", "-f", "raw", "-F", "raw", workspace("disk.img"), directory.resolve("disk.raw"));
    }

    @Test
    void anOvaHasADescriptorAManifestThatHoldsAndAStreamOptimisedVmdk() throws Exception {
        disk("disk.img", ODD_BYTES);

        run("imageConvert file: 'disk.img', format: 'ova', output: 'web <1>.ova', options: [cpus: 2, memory: 768]");

        Path ova = workspace("web <1>.ova");
        assertThat(new String(Files.readAllBytes(ova), 257, 6, StandardCharsets.US_ASCII))
                .isEqualTo("ustar\0");
        assertThat(output("tar", "--list", "--file", ova).lines())
                .containsExactly("web__1_.ovf", "web__1_.mf", "web__1_-disk1.vmdk");
        output("tar", "--extract", "--directory", directory, "--file", ova);
        Path vmdk = directory.resolve("web__1_-disk1.vmdk");
        assertThat(Files.readAllLines(directory.resolve("web__1_.mf")))
                .containsExactly(
                        "SHA256(web__1_.ovf)= " + Digests.sha256(directory.resolve("web__1_.ovf")),
                        "SHA256(web__1_-disk1.vmdk)= " + Digests.sha256(vmdk));
        assertThat(info(vmdk).at("/format-specific/data/create-type").asText()).isEqualTo("streamOptimized");
        output("qemu-img", "compare", "-f", "raw", "-F", "vmdk", workspace("disk.img"), vmdk);
        assertThat(outputIn(Guestfs.environment(), "virt-v2v", "-i", "ova", "--print-source", ova))
                .containsPattern("source name: web <1>")
                .containsPattern("nr vCPUs: 2")
                .containsPattern("memory: 805306368 ")
                .containsPattern("firmware: bios")
                .contains("0 [scsi]")
                .contains("\"VM Network\"");
    }

    @Test
    void aVagrantBoxUnpacksToADiskAndTheCatalogHasItsChecksum() throws Exception {
        disk("disk.img", ODD_BYTES);

        run("""
                def made = imageConvert file: 'disk.img', format: 'vagrant', output: 'boxes/web.box',
                    options: [name: 'factory/web', version: '1.0.7', url: 'https://images.example.com/web-1.0.7.box']
                echo "catalog ${made.catalog}"
                """);

        Path box = workspace("boxes/web.box");
        output("tar", "--extract", "--gzip", "--directory", directory, "--file", box);
        JsonNode metadata =
                new ObjectMapper().readTree(directory.resolve("metadata.json").toFile());
        assertThat(metadata).isEqualTo(new ObjectMapper().readTree("""
                {"provider": "libvirt", "format": "qcow2", "virtual_size": 1}"""));
        assertThat(info(directory.resolve("box.img")).path("format").asText()).isEqualTo("qcow2");
        assertThat(directory.resolve("Vagrantfile")).content().contains("Vagrant.configure(\"2\")");
        assertThat(console()).contains("catalog boxes/web.json");
        assertThat(new ObjectMapper().readTree(workspace("boxes/web.json").toFile()))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"name": "factory/web", "versions": [{"version": "1.0.7", "providers": [
                            {"name": "libvirt", "url": "https://images.example.com/web-1.0.7.box",
                             "checksum_type": "sha256", "checksum": "%s"}]}]}
                        """.formatted(Digests.sha256(box))));
    }

    @Test
    void dockerTakesTheRootFileSystemWithOwnersAndRights() throws Exception {
        Path tree = directory.resolve("tree");
        for (String path : List.of("bin", "etc", "usr/bin", "home/user")) {
            Files.createDirectories(tree.resolve(path));
        }
        Files.writeString(tree.resolve("etc/fstab"), "# none\n");
        Files.writeString(tree.resolve("etc/os-release"), "ID=debian\nVERSION_ID=12\n");
        Files.writeString(tree.resolve("home/user/note"), "mine");
        Files.writeString(tree.resolve("usr/bin/su"), "not really");
        output("chown", "1234:4321", tree.resolve("home/user/note"));
        output("chmod", "4755", tree.resolve("usr/bin/su"));
        output("truncate", "-s", "64M", workspace("root.img"));
        output("/sbin/mkfs.ext4", "-q", "-d", tree, workspace("root.img"));

        runWithGuestfs("imageConvert file: 'root.img', format: 'docker'");

        assertThat(output("tar", "--list", "--verbose", "--gzip", "--file", workspace("root.rootfs.tar.gz"))
                        .lines())
                .anySatisfy(line -> assertThat(line).matches("-rw-r--r-- 1234/4321 +4 .* ./home/user/note"))
                .anySatisfy(line -> assertThat(line).matches("-rwsr-xr-x 0/0 +10 .* ./usr/bin/su"));
    }

    @Test
    void dockerTakesTheFileSystemOfTheDeviceThatIsSaid() throws Exception {
        Files.copy(BaseDisk.path(), workspace("base.qcow2"));

        runWithGuestfs("imageConvert file: 'base.qcow2', format: 'docker', options: [root: '/dev/sda2']");

        assertThat(output("tar", "--list", "--gzip", "--file", workspace("base.rootfs.tar.gz"))
                        .lines())
                .contains("./bin/busybox", "./sbin/init", "./etc/inittab");
    }

    @ParameterizedTest
    @CsvSource({
        "twoGbMaxExtentSparse, split",
        "twoGbMaxExtentFlat, split",
        "monolithicFlat, split",
        "monolithicFlat, gr\u00f6\u00dfe"
    })
    void theFilesOfASplitVmdkBecomeOne(String subformat, String name) throws Exception {
        disk("disk.img", ODD_BYTES);
        output(
                "qemu-img",
                "convert",
                "-O",
                "vmdk",
                "-o",
                "subformat=" + subformat,
                workspace("disk.img"),
                workspace(name + ".vmdk"));

        run("imageConvert file: '" + name + ".vmdk', format: 'qcow2'");

        output("qemu-img", "compare", "-f", "raw", "-F", "qcow2", workspace("disk.img"), workspace(name + ".qcow2"));
    }

    @Test
    void anExtentOutsideOfTheWorkspaceIsRefused() throws Exception {
        disk("disk.img", MIB);
        Files.move(workspace("disk.img"), directory.resolve("secret"));
        Files.write(
                workspace("disk.vmdk"),
                VmdkFile.flat("12345678", directory.resolve("secret").toString()));

        assertThatThrownBy(() -> run("imageConvert file: 'disk.vmdk', format: 'raw'"))
                .hasMessageContaining("/secret', which lies outside of the workspace");

        assertOnlyInWorkspace("disk.vmdk");
    }

    @Test
    void anImageWithABackingFileIsRefusedWithTheCommandThatFlattensIt() throws Exception {
        output("qemu-img", "create", "-f", "raw", workspace("base.img"), "1M");
        output("qemu-img", "create", "-f", "qcow2", "-b", "base.img", "-F", "raw", workspace("disk.qcow2"));

        assertThatThrownBy(() -> run("imageConvert file: 'disk.qcow2', format: 'raw'"))
                .hasMessageContaining("needs the backing file 'base.img'")
                .hasMessageEndingWith("'qemu-img convert -f qcow2 -O qcow2 disk.qcow2 flat.qcow2'");

        assertOnlyInWorkspace("base.img", "disk.qcow2");
    }

    @Test
    void laterBuildStepsLearnOfTheResult() throws Exception {
        disk("disk.img", MIB);

        run("imageConvert file: 'disk.img', format: 'vdi'");

        assertThat(build.action(ImageFactoryAction.class).getImageFiles())
                .extracting(ImageFile::getPath, ImageFile::getSha256)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("disk.vdi", Digests.sha256(workspace("disk.vdi"))));
    }

    @Test
    void anOlderResultIsReplaced() throws Exception {
        disk("disk.img", MIB);
        Files.writeString(workspace("disk.qcow2"), "older");

        run("imageConvert file: 'disk.img', format: 'qcow2'");

        assertThat(info(workspace("disk.qcow2")).path("format").asText()).isEqualTo("qcow2");
    }

    @Test
    void whatAConversionLeftThatAJenkinsBrokeOffIsDiscarded() throws Exception {
        disk("disk.img", MIB);
        Path left = Files.createDirectories(workspace(".imageConvert.part1"));
        Files.writeString(left.resolve("disk.qcow2"), "half");

        new ImageConvertStep("disk.img", "qcow2")
                .run(BuildContext.of(
                        context(), new KeptBefore(LeftDirectory.begun(filePath(left.getParent()), filePath(left)))));

        assertOnlyInWorkspace("disk.img", "disk.qcow2");
        assertThat(console()).contains("The conversion was broken off, so it begins again");
    }

    private static FilePath filePath(Path path) {
        return new FilePath(path.toFile());
    }

    /** After a restart of the controller. */
    private record KeptBefore(LeftDirectory kept) implements Continuity {
        @Override
        public void keep(Serializable state) {}

        @Override
        public boolean lasts() {
            return true;
        }

        @Override
        public void checkController() {}

        @Override
        public BuildContext awaitAgent() {
            throw new AssertionError("nobody waits");
        }
    }

    @Test
    void conversionsAtTheSameTimeDoNotMeet() throws Exception {
        disk("disk.img", 20 * MIB);

        run("""
                parallel(
                    a: { imageConvert file: 'disk.img', format: 'qcow2', output: 'a/b' },
                    b: { imageConvert file: 'disk.img', format: 'vmdk', output: 'a_b' },
                    c: { imageConvert file: 'disk.img', format: 'vdi', output: 'a:b' })
                """);

        assertThat(info(workspace("a/b")).path("format").asText()).isEqualTo("qcow2");
        assertThat(info(workspace("a_b")).path("format").asText()).isEqualTo("vmdk");
        assertThat(Files.size(workspace("a:b"))).isGreaterThan(20 * MIB);
        assertOnlyInWorkspace("disk.img", "a", "a_b", "a:b");
    }

    @Test
    void namesThatBeginAsOptionsAreNames() throws Exception {
        disk("-o.img", MIB);

        run("imageConvert file: '-o.img', format: 'ova', options: [name: '--checkpoint=1']");

        assertThat(output("tar", "--list", "--file", workspace("-o.ova")).lines())
                .containsExactly("--checkpoint_1.ovf", "--checkpoint_1.mf", "--checkpoint_1-disk1.vmdk");
    }

    @Test
    void aConversionThatFailsNamesTheReasonAndLeavesNothing() throws Exception {
        disk("disk.img", MIB);

        assertThatThrownBy(() -> run("imageConvert file: 'disk.img', format: 'qcow2', options: [cluster_size: '3']"))
                .hasMessageMatching("qemu-img failed: .*disk.qcow2: .+");

        assertOnlyInWorkspace("disk.img");
    }

    @Test
    void aConversionThatIsAbortedLeavesNoFileAndNoProcess() throws Exception {
        disk("large.img", 200 * MIB);
        ImageConvertStep step = new ImageConvertStep("large.img", "qcow2");
        step.setCompress(true);
        LocalStepContext context = context();
        StepExecution execution = step.start(context);
        execution.start();
        while (!isBeingMade("large.qcow2")) {
            assertThat(context.end()).isNotDone();
            Thread.sleep(20);
        }

        execution.stop(new InterruptedException("aborted"));

        assertThatThrownBy(() -> context.end().get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("aborted");
        assertOnlyInWorkspace("large.img");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains(workspace("large.img").toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file: 'disk.img', format: 'iso'|format: 'iso' is no format: use one of qcow2, raw,",
                "file: 'disk.img', format: 'raw', compress: true|a file of the format raw cannot be compressed",
                "file: 'disk.img', format: 'raw', output: 'disk.img'|the image would be converted into itself",
                "file: 'disk.img', format: 'ova', options: [size: 3]|options: ova has no 'size'; it has name, cpus",
                "file: 'disk.img', format: 'ova', options: [cpus: 'many']|options: 'cpus' is 'many', which is no whole",
                "file: 'disk.img', format: 'ova', options: [firmware: 'x']|options: 'firmware' is 'x', which is none of",
                "file: 'disk.img', format: 'azure', options: [a: 1]|options: azure has no 'a'; it has no options",
                "file: 'disk.img', format: 'qcow2', options: [backing_file: '/x']|options: 'backing_file' is no option",
                "file: 'disk.img', format: 'vmdk', options: [subformat: 'monolithicFlat']|with these options qemu-img",
                "file: 'disk.img', format: 'vagrant', options: [url: 'x']|options: a catalog of Vagrant needs a version",
                "file: 'empty.img', format: 'qcow2'|empty.img is empty",
            })
    void whatCannotBeConvertedIsSaidInOneSentence(String arguments, String message) throws Exception {
        disk("disk.img", MIB);
        Files.createFile(workspace("empty.img"));

        assertThatThrownBy(() -> run("imageConvert " + arguments)).hasMessageContaining(message);

        assertOnlyInWorkspace("disk.img", "empty.img");
    }

    @ParameterizedTest
    @ValueSource(strings = {"qemu-img", "tar"})
    void aProgramThatIsMissingIsNamed(String program) throws Exception {
        disk("disk.img", MIB);
        Files.createDirectories(workspace("bin"));
        Files.createSymbolicLink(
                workspace("bin").resolve(program.equals("tar") ? "qemu-img" : "tar"),
                Path.of(program.equals("tar") ? "/usr/bin/qemu-img" : "/bin/tar"));

        assertThatThrownBy(
                        () -> run("withEnv([\"PATH=${pwd()}/bin\"]) { imageConvert file: 'disk.img', format: 'gcp' }"))
                .hasMessageContaining("is not installed on the agent: there is no '" + program + "' on its PATH");
    }

    private LocalStepContext context() {
        return new LocalStepContext(build, new FilePath(build.workspace().toFile()), new EnvVars(System.getenv()));
    }

    private boolean isBeingMade(String name) throws IOException {
        try (Stream<Path> files = Files.find(build.workspace(), 2, (file, attributes) -> file.endsWith(name))) {
            return files.findAny().isPresent();
        }
    }

    private void disk(String name, int bytes) throws IOException {
        byte[] data = new byte[MIB];
        Random random = new Random(bytes);
        try (OutputStream disk = Files.newOutputStream(workspace(name))) {
            for (int written = 0; written < bytes; written += data.length) {
                random.nextBytes(data);
                disk.write(data, 0, Math.min(data.length, bytes - written));
            }
        }
    }

    private static byte[] header(Path gzippedTar) throws IOException {
        try (java.util.zip.GZIPInputStream tar = new java.util.zip.GZIPInputStream(Files.newInputStream(gzippedTar))) {
            return tar.readNBytes(512);
        }
    }

    private static long allocatedBytes(Path file) throws Exception {
        return 512 * Long.parseLong(output("stat", "--format=%b", file).strip());
    }

    private static JsonNode info(Path image) throws Exception {
        return new ObjectMapper().readTree(output("qemu-img", "info", "--output=json", image));
    }

    private static String output(Object... command) throws IOException, InterruptedException {
        return outputIn(Map.of(), command);
    }

    private static String outputIn(Map<String, String> env, Object... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.of(command).map(Object::toString).toList()).redirectErrorStream(true);
        builder.environment().putAll(env);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private void assertOnlyInWorkspace(String... names) throws IOException {
        try (Stream<Path> files = Files.list(build.workspace())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    private Path workspace(String name) {
        return build.workspace().resolve(name);
    }

    private void run(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Map.of());
    }

    private void runWithGuestfs(String script) throws IOException {
        Pipeline.run(Files.writeString(directory.resolve("Jenkinsfile"), script), build, Guestfs.environment());
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }
}

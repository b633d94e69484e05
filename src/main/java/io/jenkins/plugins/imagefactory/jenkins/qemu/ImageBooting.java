package io.jenkins.plugins.imagefactory.jenkins.qemu;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Proc;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.QemuNode;
import io.jenkins.plugins.imagefactory.image.boot.Accelerator;
import io.jenkins.plugins.imagefactory.image.boot.BootReport;
import io.jenkins.plugins.imagefactory.image.boot.ExpectedLine;
import io.jenkins.plugins.imagefactory.image.boot.NoCloudSeed;
import io.jenkins.plugins.imagefactory.image.boot.QemuCommand;
import io.jenkins.plugins.imagefactory.image.boot.SerialConsole;
import io.jenkins.plugins.imagefactory.jenkins.node.NodeProgram;
import io.jenkins.plugins.imagefactory.jenkins.result.BootedImage;
import io.jenkins.plugins.imagefactory.jenkins.run.BuildContext;
import io.jenkins.plugins.imagefactory.jenkins.run.ControllerStops;
import io.jenkins.plugins.imagefactory.jenkins.run.LeftDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.PrivateDirectory;
import io.jenkins.plugins.imagefactory.jenkins.run.StepParameters;
import io.jenkins.plugins.imagefactory.openstack.http.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Boots an image in QEMU, checks what it is to do, and keeps what it showed. QEMU is gone afterwards, whatever happened,
 * and the image is as it was.
 */
public final class ImageBooting {
    private static final String SUBJECT = "boot";
    private static final List<String> QEMUS = List.of("qemu-system-x86_64", "qemu-kvm", "/usr/libexec/qemu-kvm");
    /** Below those that Linux gives to outgoing connections. */
    private static final int FIRST_PORT = 20_000;

    private static final int END_OF_PORTS = 32_000;
    private static final int MOST_STARTS = 5;
    private static final int CONNECTION_LOST = 255;

    private final BuildContext build;
    private final FilePath image;
    private final DiskFormat format;
    private final Parameters parameters;
    private final BootReport report;
    private final BootRecord record;
    private final Deadline deadline;
    private Accelerator accelerator;
    private PrivateDirectory directory;
    private GuestLogin login;
    private String seed;
    private Guest guest;
    private int sshPort;

    /**
     * How to boot, and what to check.
     *
     * @param expect what a line of the serial console must hold; null if none is awaited
     * @param userData for the guest's cloud-init; null for none
     * @param script to run in the guest over SSH; null for none
     * @param sshUser who logs in over SSH; null for the user of the credentials, or for no login
     * @param sshCredentialsId null for a new key that the guest's cloud-init is told of
     * @param memory MiB
     * @param timeout for all of it
     */
    public record Parameters(
            @CheckForNull Pattern expect,
            @CheckForNull String userData,
            @CheckForNull String script,
            @CheckForNull String sshUser,
            @CheckForNull String sshCredentialsId,
            int memory,
            int cpus,
            Accelerator accelerator,
            Duration timeout) {}

    public ImageBooting(BuildContext build, FilePath image, DiskFormat format, Parameters parameters) {
        this.build = build;
        this.image = image;
        this.format = format;
        this.parameters = parameters;
        this.report = new BootReport(build.masking().text(image.getName()));
        this.record = new BootRecord(build, image);
        this.deadline = Deadline.in(parameters.timeout());
        this.accelerator = parameters.accelerator();
    }

    public BootedImage run() throws IOException, InterruptedException {
        StepParameters.require(build.node().launcher().isUnix(), "imageBoot needs an agent that runs Linux");
        record.requirePlace();
        discardWhatABrokenOffRunLeft();
        String program = findQemu();
        directory = PrivateDirectory.create(build.node().workspace(), "imageBoot");
        long booted;
        try {
            build.continuity().keep(directory.left());
            prepareLogin();
            writeSeed();
            booted = check(program);
        } finally {
            end();
        }
        build.console().log(SUBJECT, image.getRemote() + " has booted, in " + booted / 1000 + " s");
        return record.booted(booted);
    }

    private void discardWhatABrokenOffRunLeft() throws IOException, InterruptedException {
        if (build.continuity().kept() instanceof LeftDirectory before && before.isThere(build.node())) {
            build.console().log(SUBJECT, "The boot was broken off, so it begins again");
            before.remove(build.node());
        }
    }

    private String findQemu() throws IOException, InterruptedException {
        for (String name : QEMUS) {
            Optional<String> program = NodeProgram.onPath(build.node(), name);
            if (program.isPresent()) {
                return program.get();
            }
        }
        throw new AbortException(
                "QEMU is not installed on " + build.node().env().get("NODE_NAME", "the agent")
                        + ": there is no '" + QEMUS.get(0) + "' on its PATH "
                        + build.node().env().get("PATH", "")
                        + " (Debian has it in qemu-system-x86)");
    }

    private void prepareLogin() throws IOException, InterruptedException {
        String credentialsId = parameters.sshCredentialsId();
        if (credentialsId != null) {
            login = GuestLogin.with(build, directory, parameters.sshUser(), SshCredentials.of(build, credentialsId));
        } else if (parameters.sshUser() != null) {
            login = GuestLogin.withNewKey(build, directory, parameters.sshUser());
        }
    }

    private void writeSeed() throws IOException, InterruptedException {
        String publicKey = login == null ? null : login.publicKey();
        if (parameters.userData() != null || publicKey != null) {
            FilePath file = directory.child("seed.iso");
            byte[] disk = new NoCloudSeed(directory.path().getName(), parameters.userData(), publicKey).disk();
            try (OutputStream target = file.write()) {
                target.write(disk);
            }
            seed = file.getRemote();
        }
    }

    /** Makes all checks and returns how long the boot took, in milliseconds. */
    private long check(String program) throws IOException, InterruptedException {
        build.console()
                .log(
                        SUBJECT,
                        "Booting " + image.getRemote() + " in QEMU, with " + parameters.memory() + " MiB and "
                                + parameters.cpus() + (parameters.cpus() == 1 ? " processor" : " processors"));
        long start = System.nanoTime();
        BootChecks checks = new BootChecks(report, build.masking());
        Pattern expect = parameters.expect();
        if (expect != null) {
            String expected = expect.pattern();
            checks.make(
                    "the serial console shows '" + expected + "'",
                    () -> boot(program, () -> new ConsoleCondition(guest.console(), expected)));
        }
        if (login != null) {
            checks.make(
                    "'" + login.user() + "' logs in over SSH", () -> boot(program, () -> new LoginCondition(ssh())));
        }
        long booted = (System.nanoTime() - start) / 1_000_000;
        if (parameters.script() != null) {
            checks.make("the script passes", this::runScript);
        }
        checks.requirePassed();
        return booted;
    }

    /** Starts QEMU if it does not run yet, and again if it was unlucky. */
    private void boot(String program, ConditionOfGuest condition) throws IOException, InterruptedException {
        boolean first = guest == null;
        for (int starts = 1; ; starts++) {
            if (guest == null) {
                start(program);
            }
            try {
                guest.await(condition.get(), deadline);
                return;
            } catch (QemuStartFailure e) {
                StepParameters.require(
                        first && starts < MOST_STARTS && canDoWithout(e),
                        "QEMU could not run " + image.getRemote() + ": " + e.getMessage());
                guest.qemu().kill();
                guest = null;
            }
        }
    }

    private interface ConditionOfGuest {
        Guest.Condition get();
    }

    private boolean canDoWithout(QemuStartFailure failure) {
        if (failure.reason() == QemuStartFailure.Reason.PORT_TAKEN) {
            return true;
        }
        if (accelerator == Accelerator.AUTO) {
            build.console()
                    .log(
                            SUBJECT,
                            "KVM does not run this guest here (" + failure.getMessage()
                                    + "), so QEMU emulates its processor");
            accelerator = Accelerator.TCG;
            return true;
        }
        return false;
    }

    private void start(String program) throws IOException {
        sshPort = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
        QemuCommand command = new QemuCommand(
                program,
                new QemuNode(format, image.getRemote()),
                parameters.memory(),
                parameters.cpus(),
                accelerator,
                seed,
                login == null ? null : sshPort,
                QemuProcess.files(directory));
        ExpectedLine expected = parameters.expect() == null ? null : new ExpectedLine(parameters.expect());
        SerialConsole console =
                new SerialConsole(expected, line -> build.console().log("guest", line));
        QemuProcess qemu = QemuProcess.start(build, directory, command, deadline.left());
        guest = new Guest(build, image.getRemote(), qemu, console);
    }

    private GuestCommand ssh() {
        return new GuestCommand(build, directory, login, sshPort);
    }

    private void runScript() throws IOException, InterruptedException {
        Proc script = ssh().run(parameters.script(), build.console().listener().getLogger());
        guest.await(new ScriptCondition(script), deadline);
        int exitCode = script.join();
        StepParameters.require(
                exitCode != CONNECTION_LOST,
                image.getRemote() + ": the script lost its SSH connection (exit code 255): its output stands above");
        StepParameters.require(
                exitCode == 0,
                image.getRemote() + ": the script failed with exit code " + exitCode + ": its output stands above");
    }

    private void end() throws IOException, InterruptedException {
        try {
            if (guest != null) {
                guest.end();
            }
            record.keep(guest == null ? null : guest.qemu(), report);
        } catch (IOException e) {
            build.console().log(SUBJECT, "Not all of what the guest showed could be kept: " + e.getMessage());
        } finally {
            cleanUp();
        }
    }

    /** Nothing keeps it from that but a lost agent, not even another abort. */
    private void cleanUp() throws InterruptedException {
        InterruptedException interruption = null;
        for (boolean over = false; !over; ) {
            try {
                boolean gone = directory.left().end(build, SUBJECT, this::remove);
                over = true;
                if (!gone) {
                    build.console().log(SUBJECT, endsByItself() + ", if the agent is not back before");
                }
            } catch (InterruptedException e) {
                interruption = e;
            } catch (ControllerStops e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                build.console()
                        .log(
                                SUBJECT,
                                "QEMU could not be ended and "
                                        + directory.path().getRemote() + " not removed (" + e.getMessage() + "): "
                                        + endsByItself());
                over = true;
            }
        }
        if (interruption != null) {
            throw interruption;
        }
    }

    private void remove() throws IOException, InterruptedException {
        QemuProcess.kill(build.node(), directory);
        directory.path().deleteRecursive();
    }

    private String endsByItself() {
        return "QEMU ends by itself within "
                + QemuProcess.longestLife(deadline.left()).toSeconds() + " s";
    }
}

package io.jenkins.plugins.imagefactory.bench;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.imagefactory.image.DigestAlgorithm;
import io.jenkins.plugins.imagefactory.image.DigestedFile;
import io.jenkins.plugins.imagefactory.image.Digests;
import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.FileState;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.IfExists;
import io.jenkins.plugins.imagefactory.openstack.image.ImageDataUpload;
import io.jenkins.plugins.imagefactory.openstack.image.ImageUpload;
import io.jenkins.plugins.imagefactory.openstack.image.NewImage;
import io.jenkins.plugins.imagefactory.openstack.image.Patience;
import io.jenkins.plugins.imagefactory.openstack.image.SentFile;
import io.jenkins.plugins.imagefactory.openstack.image.SilentObserver;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * glanceUpload without Jenkins: logs in, creates, sends, verifies, names. Does one thing as a process of its own, or one a line
 * of its input as an agent does, and says how long each took.
 */
public final class UploadProcess {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final HttpTransport http;

    private UploadProcess(HttpTransport http) {
        this.http = http;
    }

    /**
     * @param arguments what to do: {@code built SHA256 FILE}, {@code found FILE}, {@code together FILE…} or
     *     {@code digest ALGORITHM FILE}; none to be told by the input. The login comes as an openrc in the variable
     *     {@code OPENRC}
     */
    public static void main(String[] arguments) throws Exception {
        try (HttpTransport http = new HttpTransport(HttpSettings.DEFAULT)) {
            UploadProcess process = new UploadProcess(http);
            if (arguments.length > 0) {
                process.work(arguments).call();
                return;
            }
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                Callable<?> work = process.work(order.split(" "));
                long cpu = SYSTEM.getProcessCpuTime();
                long start = System.nanoTime();
                work.call();
                System.out.println((System.nanoTime() - start) / 1e9 + " " + (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
            }
        }
    }

    private Callable<?> work(String... order) throws IOException {
        Path last = Path.of(order[order.length - 1]);
        return switch (order[0]) {
            case "built" -> {
                DigestedFile known = new DigestedFile(FileState.of(last), order[1]);
                yield () -> upload(session(), last, known);
            }
            case "found" -> () -> upload(session(), last, null);
            case "together" ->
                () -> together(Arrays.stream(order).skip(1).map(Path::of).toList());
            case "digest" -> () -> Digests.of(last, Set.of(DigestAlgorithm.valueOf(order[1])));
            default -> throw new IllegalArgumentException(order[0]);
        };
    }

    private Session session() throws IOException {
        return new Session(
                http, ClientOptions.ofFile(System.getenv("OPENRC"), "").toLogin("bench"));
    }

    private static Void upload(Session session, Path file, DigestedFile known)
            throws IOException, InterruptedException {
        NewImage image =
                new NewImage("bench", DiskFormat.RAW, "bare", "private", 0, 0, false, false, List.of(), Map.of());
        new ImageUpload(Glance.of(session), Patience.of(0, null), new SilentObserver(), null)
                .upload(image, IfExists.KEEP, Files.size(file), new SentFile(file) {
                    @Override
                    public Digests send(ImageDataUpload upload) throws IOException, InterruptedException {
                        return upload.send(file, known, sent -> {});
                    }
                });
        return null;
    }

    /** With one login, as the steps of a build have. */
    private Void together(List<Path> files) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(files.size());
        try {
            Session session = session();
            List<Callable<Void>> uploads = files.stream()
                    .<Callable<Void>>map(file -> () -> upload(session, file, null))
                    .toList();
            for (Future<Void> end : threads.invokeAll(uploads)) {
                end.get();
            }
        } finally {
            threads.shutdown();
        }
        return null;
    }
}

package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.Project;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageSharing;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Uploads and shares against the real Glance: by this plugin, by OpenStack's own clients, and by curl. */
public final class GlanceBenchmark {
    private static final Path DIRECTORY = Path.of("target", "bench");
    private static final long SIZE = Long.getLong("bench.bytes", 2L << 30);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final String NAME = "bench";

    private final OpenStack cloud;
    private final Map<String, String> login;

    private GlanceBenchmark(OpenStack cloud) throws IOException {
        this.cloud = cloud;
        this.login = options(cloud.authUrl()).environment();
    }

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        try (OpenStack cloud = OpenStack.start(DIRECTORY.resolve("openstack"))) {
            GlanceBenchmark benchmark = new GlanceBenchmark(cloud);
            String section = benchmark.uploads() + "\n" + benchmark.sharing();
            System.out.println(section);
            Section.replace(Path.of(arguments[0]), "glance", section);
        }
        System.exit(0);
    }

    private static ClientOptions options(URI authUrl) {
        return ClientOptions.none()
                .with("auth_url", authUrl.toString())
                .with("region_name", OpenStack.REGION)
                .with("username", User.BUILDER.name())
                .withDomain("user_domain", User.BUILDER.domain())
                .with("password", User.BUILDER.password())
                .withProject(Project.FACTORY.name(), "default");
    }

    private String uploads() throws Exception {
        Path file = randomFile();
        Map<String, List<MeasuredProcess>> runs = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            measure(runs, "glanceUpload", ours(file), Map.of("OPENRC", openrc()));
            measure(runs, "`curl -T`", curl(file), Map.of());
            measure(
                    runs,
                    "`openstack image create --file`",
                    List.of("openstack", "image", "create", "--file", file.toString(), "--disk-format", "raw", NAME),
                    login);
            measure(
                    runs,
                    "`glance image-create --file`",
                    List.of(
                            "glance",
                            "image-create",
                            "--name",
                            NAME,
                            "--disk-format",
                            "raw",
                            "--container-format",
                            "bare",
                            "--file",
                            file.toString()),
                    login);
        }
        Files.delete(file);
        return "Upload of " + (SIZE >> 20) + " MiB of random bytes, " + ROUNDS + " rounds, medians; glanceUpload with "
                + "`-Xmx64m`, its JVM's start, login, SHA-256, SHA-512, MD5 and verification included; the others verify nothing:\n\n"
                + table(runs);
    }

    private void measure(
            Map<String, List<MeasuredProcess>> runs, String who, List<String> command, Map<String, String> environment)
            throws Exception {
        runs.computeIfAbsent(who, name -> new ArrayList<>()).add(MeasuredProcess.run(DIRECTORY, environment, command));
        for (var image : cloud.images()) {
            request(
                    "DELETE",
                    cloud.glanceUrl() + "/v2/images/" + image.path("id").asText(),
                    null);
        }
    }

    private static Table table(Map<String, List<MeasuredProcess>> runs) {
        double curl = Table.median(
                runs.get("`curl -T`").stream().map(MeasuredProcess::wall).toList());
        Table table = new Table("", "wall, s", "of curl", "client CPU, s", "peak memory, MiB");
        runs.forEach((who, measured) -> {
            double wall =
                    Table.median(measured.stream().map(MeasuredProcess::wall).toList());
            table.row(
                    who,
                    Table.number(wall),
                    Table.number(wall / curl),
                    Table.number(Table.median(
                            measured.stream().map(MeasuredProcess::cpu).toList())),
                    Table.number(Table.median(
                            measured.stream().map(MeasuredProcess::peakMiB).toList())));
        });
        return table;
    }

    private static Path randomFile() throws IOException {
        Path file = DIRECTORY.resolve("disk.raw");
        byte[] block = new byte[1 << 20];
        Random random = new Random(4711);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long written = 0; written < SIZE; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return file;
    }

    private static List<String> ours(Path file) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-classpath",
                System.getProperty("java.class.path"),
                UploadProcess.class.getName(),
                file.toString(),
                NAME);
    }

    private String openrc() {
        StringBuilder openrc = new StringBuilder();
        login.forEach((name, value) -> openrc.append(name)
                .append("='")
                .append(value.replace("'", "'\\''"))
                .append("'\n"));
        return openrc.toString();
    }

    private List<String> curl(Path file) throws Exception {
        String id = UUID.randomUUID().toString();
        request(
                "POST",
                cloud.glanceUrl() + "/v2/images",
                "{\"id\": \"" + id
                        + "\", \"name\": \"bench\", \"disk_format\": \"raw\", \"container_format\": \"bare\"}");
        return List.of(
                "curl",
                "-sS",
                "--fail",
                "-T",
                file.toString(),
                "-H",
                "X-Auth-Token: " + cloud.token(User.BUILDER, Project.FACTORY),
                "-H",
                "Content-Type: application/octet-stream",
                cloud.glanceUrl() + "/v2/images/" + id + "/file");
    }

    private void request(String method, String address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("X-Auth-Token", cloud.token(User.BUILDER, Project.FACTORY))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status >= 400) {
            throw new IllegalStateException(method + " " + address + " answered " + status);
        }
    }

    private String sharing() throws Exception {
        List<String> projects = cloud.addProjects(User.BUILDER, 100);
        Table table = new Table(
                "projects", "glanceShare, s", "curl in sequence, s", "`openstack` loop, s", "loop / glanceShare");
        share(projects.subList(0, 3));
        for (int count : new int[] {3, 20, 100}) {
            List<String> some = projects.subList(0, count);
            List<Double> ours = new ArrayList<>();
            List<Double> curl = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                ours.add(share(some));
                curl.add(script(CURL, some, Map.of("OS_TOKEN_OF_OWNER", cloud.token(User.BUILDER, Project.FACTORY))));
            }
            String loop = "";
            String ratio = "";
            if (count <= 20) {
                double seconds = script(OPENSTACK, some, login);
                loop = Table.number(seconds);
                ratio = Table.number(seconds / Table.median(ours));
            }
            table.row(
                    String.valueOf(count),
                    Table.number(Table.median(ours)),
                    Table.number(Table.median(curl)),
                    loop,
                    ratio);
        }
        return "One image shared with and accepted in projects, medians of " + ROUNDS
                + " rounds; the loop of `openstack` commands once, and not with 100 projects:\n\n" + table + "\n"
                + requests(projects);
    }

    private static final String CURL = """
            for project in $PROJECTS; do
                curl -sS --fail -o /dev/null -H "X-Auth-Token: $OS_TOKEN_OF_OWNER" -H 'Content-Type: application/json' \\
                    -d "{\\"member\\": \\"$project\\"}" "$GLANCE/v2/images/$IMAGE/members"
                token=$(curl -sS --fail -D - -o /dev/null -H 'Content-Type: application/json' "$KEYSTONE/auth/tokens" \\
                    -d "{\\"auth\\": {\\"identity\\": {\\"methods\\": [\\"token\\"], \\"token\\": {\\"id\\": \\"$OS_TOKEN_OF_OWNER\\"}}, \\"scope\\": {\\"project\\": {\\"id\\": \\"$project\\"}}}}" |
                    sed -n 's/^[Xx]-[Ss]ubject-[Tt]oken: *\\([^\\r]*\\).*/\\1/p')
                curl -sS --fail -o /dev/null -X PUT -H "X-Auth-Token: $token" -H 'Content-Type: application/json' \\
                    -d '{"status": "accepted"}' "$GLANCE/v2/images/$IMAGE/members/$project"
            done
            """;

    private static final String OPENSTACK = """
            for project in $PROJECTS; do
                openstack image add project "$IMAGE" "$project"
                openstack image member list "$IMAGE"
                OS_PROJECT_ID=$project OS_PROJECT_NAME= openstack image set --accept "$IMAGE"
                OS_PROJECT_ID=$project OS_PROJECT_NAME= openstack image show "$IMAGE"
                openstack image member list "$IMAGE"
            done
            """;

    private String newImage() throws Exception {
        String id = UUID.randomUUID().toString();
        request(
                "POST",
                cloud.glanceUrl() + "/v2/images",
                "{\"id\": \"" + id + "\", \"name\": \"bench\", \"visibility\": \"shared\"}");
        return id;
    }

    private double share(List<String> projects) throws Exception {
        return share(options(cloud.authUrl()), projects);
    }

    private double share(ClientOptions options, List<String> projects) throws Exception {
        String id = newImage();
        try (HttpTransport http = new HttpTransport(HttpSettings.DEFAULT)) {
            long start = System.nanoTime();
            Session session = new Session(http, options.toLogin("bench"));
            Image image = Glance.of(session).find(id);
            List<ImageSharing.Share> shares = new ImageSharing(session, session, false).share(image, projects);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!shares.stream().allMatch(share -> "accepted".equals(share.status()))) {
                throw new IllegalStateException(shares.toString());
            }
            return seconds;
        } finally {
            request("DELETE", cloud.glanceUrl() + "/v2/images/" + id, null);
        }
    }

    private double script(String script, List<String> projects, Map<String, String> environment) throws Exception {
        String id = newImage();
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "PROJECTS",
                String.join(" ", projects),
                "IMAGE",
                id,
                "GLANCE",
                cloud.glanceUrl().toString(),
                "KEYSTONE",
                cloud.authUrl().toString()));
        all.putAll(environment);
        try {
            return MeasuredProcess.run(DIRECTORY, all, List.of("bash", "-ec", script))
                    .wall();
        } finally {
            request("DELETE", cloud.glanceUrl() + "/v2/images/" + id, null);
        }
    }

    private String requests(List<String> projects) throws Exception {
        List<String> ten = projects.subList(0, 10);
        List<String> one = projects.subList(0, 1);
        try (FaultyProxy keystone = FaultyProxy.before(cloud.authUrl());
                FaultyProxy glance = FaultyProxy.before(cloud.glanceUrl())) {
            ClientOptions through = options(URI.create(keystone.url() + "/v3"))
                    .with("image_endpoint_override", glance.url().toString());
            share(through, ten);
            int ours = keystone.requests().size() + glance.requests().size();
            script(OPENSTACK, one, through.environment());
            int loop = keystone.requests().size() + glance.requests().size() - ours;
            return "HTTP requests for 10 projects: glanceShare " + ours + ", curl 30, the loop " + 10 * loop + " ("
                    + loop + " for one project).\n";
        }
    }
}

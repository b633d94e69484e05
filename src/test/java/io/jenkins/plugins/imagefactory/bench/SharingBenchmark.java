package io.jenkins.plugins.imagefactory.bench;

import io.jenkins.plugins.imagefactory.fixture.FaultyProxy;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import io.jenkins.plugins.imagefactory.fixture.User;
import io.jenkins.plugins.imagefactory.openstack.http.HttpSettings;
import io.jenkins.plugins.imagefactory.openstack.http.HttpTransport;
import io.jenkins.plugins.imagefactory.openstack.image.Glance;
import io.jenkins.plugins.imagefactory.openstack.image.Image;
import io.jenkins.plugins.imagefactory.openstack.image.ImageSharing;
import io.jenkins.plugins.imagefactory.openstack.login.ClientOptions;
import io.jenkins.plugins.imagefactory.openstack.login.Session;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One image of the real Glance shared with many projects: by this plugin, by OpenStack's own client, and by curl. */
public record SharingBenchmark(Path directory, BenchmarkCloud cloud) {
    private static final Path DIRECTORY = Path.of("target", "bench");
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(DIRECTORY);
        try (OpenStack openStack = OpenStack.start(DIRECTORY.resolve("openstack"))) {
            String section = new SharingBenchmark(DIRECTORY, BenchmarkCloud.of(openStack)).run();
            System.out.println(section);
            Section.replace(Path.of(arguments[0]), "share", section);
        }
        System.exit(0);
    }

    String run() throws Exception {
        List<String> projects = cloud.openStack().addProjects(User.BUILDER, 100);
        Table table = new Table(
                "projects", "glanceShare, s", "curl in sequence, s", "`openstack` loop, s", "loop / glanceShare");
        share(projects.subList(0, 3));
        for (int count : new int[] {3, 20, 100}) {
            List<String> some = projects.subList(0, count);
            List<Double> ours = new ArrayList<>();
            List<Double> curl = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                ours.add(share(some));
                curl.add(script(CURL, some, Map.of("OS_TOKEN_OF_OWNER", cloud.token())));
            }
            String loop = "";
            String ratio = "";
            if (count <= 20) {
                double seconds = script(OPENSTACK, some, cloud.environment());
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

    private double share(List<String> projects) throws Exception {
        return share(cloud.options(), projects);
    }

    private double share(ClientOptions options, List<String> projects) throws Exception {
        String image = cloud.newImage();
        String id = image.substring(image.lastIndexOf('/') + 1);
        try (HttpTransport http = new HttpTransport(HttpSettings.DEFAULT)) {
            long start = System.nanoTime();
            Session session = new Session(http, options.toLogin("bench"));
            Image found = Glance.of(session).find(id);
            List<ImageSharing.Share> shares = new ImageSharing(session, session, false).share(found, projects);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!shares.stream().allMatch(share -> "accepted".equals(share.status()))) {
                throw new IllegalStateException(shares.toString());
            }
            return seconds;
        } finally {
            cloud.delete(image);
        }
    }

    private double script(String script, List<String> projects, Map<String, String> environment) throws Exception {
        String image = cloud.newImage();
        String id = image.substring(image.lastIndexOf('/') + 1);
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "PROJECTS",
                String.join(" ", projects),
                "IMAGE",
                id,
                "GLANCE",
                cloud.openStack().glanceUrl().toString(),
                "KEYSTONE",
                cloud.openStack().authUrl().toString()));
        all.putAll(environment);
        try {
            return MeasuredProcess.run(directory, all, List.of("bash", "-ec", script))
                    .wall();
        } finally {
            cloud.delete(image);
        }
    }

    private String requests(List<String> projects) throws Exception {
        List<String> ten = projects.subList(0, 10);
        List<String> one = projects.subList(0, 1);
        try (FaultyProxy keystone = FaultyProxy.before(cloud.openStack().authUrl());
                FaultyProxy glance = FaultyProxy.before(cloud.openStack().glanceUrl())) {
            ClientOptions through = cloud.options(URI.create(keystone.url() + "/v3"))
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

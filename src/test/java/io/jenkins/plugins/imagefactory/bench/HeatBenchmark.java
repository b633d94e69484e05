package io.jenkins.plugins.imagefactory.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imagefactory.heat.RenderRequest;
import io.jenkins.plugins.imagefactory.heat.RenderedTemplate;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Renders Heat templates: this plugin beside Ansible's template module and beside Jinja2 itself. */
public final class HeatBenchmark {
    private static final Path DIRECTORY = Path.of("target", "bench", "heat").toAbsolutePath();
    private static final Path CORPUS = Path.of("src/test/resources/jinja");
    private static final List<String> TEMPLATES = List.of(
            "hot-autoscaling.yaml.j2",
            "hot-floating-ip.yaml.j2",
            "hot-load-balancer.yaml.j2",
            "hot-server.yaml.j2",
            "hot-wait-condition.yaml.j2");
    private static final int MANY = 1000;
    private static final int FEW = 10;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

    private HeatBenchmark() {}

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        deleteDirectory();
        writeTemplates("many", MANY);
        writeTemplates("few", FEW);
        String section = againstAnsible() + "\n" + againstJinja2();
        System.out.println(section);
        Section.replace(Path.of(arguments[0]), "heat", section);
    }

    private static String againstAnsible() throws Exception {
        Files.writeString(DIRECTORY.resolve("play.yml"), """
                - hosts: localhost
                  connection: local
                  gather_facts: false
                  vars_files: [%s]
                  tasks:
                    - template: {src: "{{ item }}", dest: "out/{{ item | basename | splitext | first }}"}
                      with_fileglob: few/*.j2
                """.formatted(
                        CORPUS.resolve("variables.json").toAbsolutePath()));
        Files.createDirectories(DIRECTORY.resolve("out"));
        List<Double> ours = new ArrayList<>();
        List<Double> ansible = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(MeasuredProcess.run(DIRECTORY, Map.of(), ourCommand()).wall());
            ansible.add(MeasuredProcess.run(
                            DIRECTORY,
                            Map.of(),
                            List.of("sh", "-c", "cd '" + DIRECTORY + "' && ansible-playbook play.yml"))
                    .wall());
        }
        double here = Table.median(ours);
        double there = Table.median(ansible);
        Table table = new Table("", "templates", "wall, s");
        table.row("heatRender, with its JVM's start", Integer.toString(MANY), Table.number(here));
        table.row("`ansible-playbook`, template module", Integer.toString(FEW), Table.number(there));
        return "Heat templates read, rendered, checked and written, each by one new process, medians of " + ROUNDS
                + " rounds:\n\n" + table + "\nOne template: " + Table.number(there / FEW / (here / MANY))
                + " times as fast.\n";
    }

    private static List<String> ourCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                absoluteClassPath(),
                RenderProcess.class.getName(),
                DIRECTORY.toString(),
                CORPUS.resolve("variables.json").toAbsolutePath().toString());
    }

    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    /** CPU of rendering alone, in processes that are warm: the same templates, all of them different texts. */
    private static String againstJinja2() throws Exception {
        Map<String, Object> variables = variables(CORPUS.resolve("variables.json"));
        RenderedTexts texts = new RenderedTexts(DIRECTORY.resolve("many"));
        for (int warmUp = 0; warmUp < 5; warmUp++) {
            texts.render(variables);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double ours = Table.median(IntStream.range(0, ROUNDS)
                .mapToObj(round -> {
                    long start = threads.getCurrentThreadCpuTime();
                    texts.render(variables);
                    return (threads.getCurrentThreadCpuTime() - start) / 1e9;
                })
                .toList());
        double jinja2 = Double.parseDouble(output(
                "/usr/bin/python3",
                "src/test/resources/bench/render.py",
                DIRECTORY.resolve("many").toString(),
                CORPUS.resolve("variables.json").toString(),
                Integer.toString(ROUNDS)));
        Table table = new Table("", "CPU, s", "of Jinja2");
        table.row("the plugin's engine", number(ours), number(ours / jinja2));
        table.row(
                "Jinja2 " + output("/usr/bin/python3", "-c", "import jinja2; print(jinja2.__version__)"),
                number(jinja2),
                "1");
        return MANY + " Heat templates compiled and rendered in memory, after warm-up, medians of " + ROUNDS
                + " rounds:\n\n" + table + "\nJinja2 takes " + Table.number(jinja2 / ours) + " times the CPU.\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static Map<String, Object> variables(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), new TypeReference<>() {});
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command[0] + " failed");
        }
        return output.strip();
    }

    private static void writeTemplates(String name, int count) throws IOException {
        Path directory = Files.createDirectories(DIRECTORY.resolve(name));
        for (int i = 0; i < count; i++) {
            String source = Files.readString(CORPUS.resolve("templates").resolve(TEMPLATES.get(i % TEMPLATES.size())));
            Files.writeString(directory.resolve("stack%04d.yaml.j2".formatted(i)), "# number " + i + "\n" + source);
        }
    }

    private static void deleteDirectory() throws IOException {
        if (Files.exists(DIRECTORY)) {
            try (Stream<Path> files = Files.walk(DIRECTORY)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(DIRECTORY);
    }

    /** What the plugin does on an agent for one heatRender. */
    static void renderAll(Path workspace, Map<String, Object> variables) throws IOException {
        for (RenderedTemplate rendered : new RenderRequest(
                        "many", "rendered", List.of(), Map.of(), variables, Map.of(), false)
                .render(workspace)) {
            rendered.write(workspace, false);
        }
    }
}

package io.jenkins.plugins.imagefactory.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is fuzzed, each in a process of its own with little memory and a small stack. */
enum FuzzTarget {
    TEMPLATE(TemplateTarget.class, "io.jenkins.plugins.imagefactory.jinja.**") {
        @Override
        List<String> seeds() throws IOException {
            List<String> seeds = new ArrayList<>();
            for (String directory : List.of("snippets", "templates")) {
                try (Stream<Path> files = Files.list(Path.of("src/test/resources/jinja", directory))) {
                    for (Path file : files.sorted().toList()) {
                        String text = Files.readString(file);
                        if (directory.equals("snippets")) {
                            text.lines()
                                    .filter(line -> !line.contains("password_hash"))
                                    .map(line -> line.replace('↵', '\n'))
                                    .forEach(seeds::add);
                        } else {
                            seeds.add(text);
                        }
                    }
                }
            }
            return seeds;
        }
    };

    private static final Path DIRECTORY = Path.of("target", "fuzz").toAbsolutePath();
    private static final long SEED = 20_261_121;
    private static final int SECONDS_FOR_ONE_INPUT = 120;
    private static final int LONGEST_INPUT = 2000;

    private final Class<?> target;
    private final String instrumented;

    FuzzTarget(Class<?> target, String instrumented) {
        this.target = target;
        this.instrumented = instrumented;
    }

    /** Inputs to begin with. */
    abstract List<String> seeds() throws IOException;

    /**
     * Runs it.
     *
     * @param budget the option of libFuzzer that ends it: {@code -runs=…} or {@code -max_total_time=…}
     * @param found the directory for inputs that reach what no other does, which are inputs to begin with, too
     * @return the process's exit code, 0 when nothing was found; what it prints goes to its log
     */
    int run(String budget, Path found) throws IOException, InterruptedException {
        Path own = directory();
        Path corpus = Files.createDirectories(own.resolve("seeds"));
        List<String> seeds = seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed%05d".formatted(i)), seeds.get(i).getBytes(StandardCharsets.UTF_8));
        }
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Xss512k",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=" + instrumented,
                        "--custom_hook_includes=" + instrumented,
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
                        "--reproducer_path=" + own,
                        "-artifact_prefix=" + own + "/",
                        "-seed=" + SEED,
                        "-timeout=" + SECONDS_FOR_ONE_INPUT,
                        "-max_len=" + LONGEST_INPUT,
                        budget,
                        found.toString(),
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start()
                .waitFor();
    }

    Path directory() {
        return DIRECTORY.resolve(name());
    }

    Path log() {
        return directory().resolve("log");
    }
}

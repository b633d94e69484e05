package io.jenkins.plugins.imagefactory.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is fuzzed, each in a process of its own with little memory and a small stack. */
enum FuzzTarget {
    TEMPLATE(TemplateTarget.class, "jinja", 5000, TemplateTarget::seeds),
    DATA(DataTarget.class, "jinja", 100, DataTarget::seeds),
    HEAT_TEMPLATE(HeatTemplateTarget.class, "heat", 300, HeatTemplateTarget::seeds),
    IMAGE(ImageTarget.class, "image", 1000, ImageTarget::seeds),
    PACKER_OUTPUT(PackerOutputTarget.class, "packer", 1000, PackerOutputTarget::seeds),
    LOGIN_FILE(LoginFileTarget.class, "openstack", 1000, LoginFileTarget::seeds),
    CLOUD(CloudTarget.class, "openstack", 400, CloudTarget::seeds);

    private static final Path DIRECTORY = Path.of("target", "fuzz").toAbsolutePath();
    private static final long SEED = 20_261_121;
    private static final int SECONDS_FOR_ONE_INPUT = 120;
    private static final int LONGEST_INPUT = 2000;
    /** An input may be a regular expression, and tell where a cloud is: what becomes of that is looked at here. */
    private static final String DISABLED = "com.code_intelligence.jazzer.sanitizers.RegexInjection:"
            + "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

    private final Class<?> target;
    private final String instrumented;
    private final int fewRuns;
    private final Seeds seeds;

    /** Inputs to begin with. */
    @FunctionalInterface
    interface Seeds {
        List<byte[]> make() throws IOException;
    }

    /**
     * @param room whose classes are watched for what an input reaches
     * @param fewRuns how many inputs some seconds are enough for
     */
    FuzzTarget(Class<?> target, String room, int fewRuns, Seeds seeds) {
        this.target = target;
        this.instrumented = "io.jenkins.plugins.imagefactory." + room + ".**";
        this.fewRuns = fewRuns;
        this.seeds = seeds;
    }

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
        List<byte[]> first = seeds.make();
        for (int i = 0; i < first.size(); i++) {
            Files.write(corpus.resolve("seed%05d".formatted(i)), first.get(i));
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
                        "--disabled_hooks=" + DISABLED,
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

    /** The budget of a run among other tests. */
    String few() {
        return "-runs=" + fewRuns;
    }

    Path directory() {
        return DIRECTORY.resolve(name());
    }

    Path log() {
        return directory().resolve("log");
    }
}

package io.jenkins.plugins.imagefactory.runner;

import groovy.lang.Closure;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** Stand-ins for the steps of Jenkins' own plugins, just as much of each as our Jenkinsfiles use. */
final class BasicSteps {
    private final Pipeline pipeline;
    private final Map<String, BasicStep> steps = new TreeMap<>();
    private final Map<String, Map<Path, byte[]>> stashes = new LinkedHashMap<>();

    @FunctionalInterface
    private interface BasicStep {
        Object run(Arguments arguments) throws IOException, InterruptedException;
    }

    BasicSteps(Pipeline pipeline) {
        this.pipeline = pipeline;
        addBlocks();
        addFiles();
        steps.put("sh", this::sh);
        steps.put("isUnix", arguments -> true);
        steps.put("echo", arguments -> {
            log(arguments.text("message"));
            return null;
        });
        steps.put("sleep", arguments -> {
            Thread.sleep(1000L * Integer.parseInt(arguments.text("time")));
            return null;
        });
        steps.put("error", arguments -> {
            throw new AbortException(arguments.text("message"));
        });
        for (String ignored : List.of(
                "buildDiscarder",
                "checkout",
                "input",
                "junit",
                "logRotator",
                "openStackApplicationCredential",
                "openStackPassword",
                "properties")) {
            steps.put(ignored, arguments -> null);
        }
    }

    Object run(String name, Arguments arguments) {
        BasicStep step = steps.get(name);
        if (step == null) {
            throw new IllegalArgumentException("no step '" + name + "' is known here");
        }
        if (pipeline.bindOnly()) {
            runBodyOnly(arguments);
            return new Placeholder();
        }
        try {
            return step.run(arguments);
        } catch (IOException | InterruptedException e) {
            throw new PipelineFailure(e);
        }
    }

    private void runBodyOnly(Arguments arguments) {
        pipeline.body(arguments.body());
        arguments.named().values().stream()
                .filter(Closure.class::isInstance)
                .forEach(branch -> pipeline.body((Closure<?>) branch));
    }

    private void addBlocks() {
        for (String transparent :
                List.of("node", "script", "stage", "timeout", "timestamps", "ansiColor", "lock", "withCredentials")) {
            steps.put(transparent, arguments -> pipeline.body(arguments.body()));
        }
        steps.put("string", Arguments::named);
        steps.put("parameters", arguments -> {
            for (Object parameter : (List<?>) arguments.positional().get(0)) {
                Map<?, ?> declared = (Map<?, ?>) parameter;
                pipeline.params().putIfAbsent(declared.get("name").toString(), declared.get("defaultValue"));
            }
            return null;
        });
        steps.put("dir", arguments -> {
            Files.createDirectories(pipeline.directory().resolve(arguments.text("path")));
            return pipeline.inDirectory(arguments.text("path"), arguments.body());
        });
        steps.put("withEnv", arguments -> {
            Map<String, String> variables = new LinkedHashMap<>();
            for (Object variable : (List<?>) arguments.get("overrides")) {
                String[] parts = variable.toString().split("=", 2);
                variables.put(parts[0], parts[1]);
            }
            return pipeline.within(variables, arguments.body());
        });
        steps.put("catchError", arguments -> {
            try {
                return pipeline.body(arguments.body());
            } catch (PipelineFailure e) {
                log("ERROR: " + e.getMessage());
                pipeline.currentBuild().setResult("FAILURE");
                return null;
            }
        });
        steps.put("parallel", arguments -> {
            Map<String, Object> results = new LinkedHashMap<>();
            arguments.named().forEach((branch, block) -> results.put(branch, pipeline.body((Closure<?>) block)));
            return results;
        });
    }

    private void addFiles() {
        steps.put("pwd", arguments -> pipeline.directory().toString());
        steps.put("readYaml", arguments -> new Yaml().load(Files.readString(file(arguments))));
        steps.put("fileExists", arguments -> Files.exists(file(arguments)));
        steps.put("readFile", arguments -> Files.readString(file(arguments)));
        steps.put("writeFile", arguments -> {
            Files.createDirectories(file(arguments).getParent());
            return Files.writeString(file(arguments), arguments.text("text"));
        });
        steps.put("archiveArtifacts", arguments -> {
            Map<String, String> files = new LinkedHashMap<>();
            matching(arguments.text("artifacts")).forEach((path, file) -> files.put(path, path));
            pipeline.build()
                    .run()
                    .pickArtifactManager()
                    .archive(new FilePath(pipeline.directory().toFile()), null, null, files);
            return null;
        });
        steps.put("stash", arguments -> {
            Map<Path, byte[]> stash = new LinkedHashMap<>();
            for (Map.Entry<String, Path> file : matching(
                            arguments.named().getOrDefault("includes", "**").toString())
                    .entrySet()) {
                stash.put(Path.of(file.getKey()), Files.readAllBytes(file.getValue()));
            }
            return stashes.put(arguments.text("name"), stash);
        });
        steps.put("unstash", arguments -> {
            for (Map.Entry<Path, byte[]> file :
                    stashes.get(arguments.text("name")).entrySet()) {
                Path target = pipeline.directory().resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
            return null;
        });
    }

    private Object sh(Arguments arguments) throws IOException, InterruptedException {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        Launcher.ProcStarter shell = new Launcher.LocalLauncher(
                        new StreamTaskListener(captured, StandardCharsets.UTF_8))
                .launch()
                .cmds(List.of("bash", "-xe", "-c", literal(arguments.text("script"))))
                .quiet(true)
                .envs(literal(pipeline.environment()))
                .pwd(new FilePath(pipeline.directory().toFile()));
        int exitCode = arguments.flag("returnStdout")
                ? shell.cmds(List.of("bash", "-e", "-c", literal(arguments.text("script"))))
                        .stdout(captured)
                        .join()
                : shell.stdout(pipeline.listener()).join();
        if (arguments.flag("returnStatus")) {
            return exitCode;
        }
        if (exitCode != 0) {
            throw new AbortException("script returned exit code " + exitCode);
        }
        return arguments.flag("returnStdout") ? captured.toString(StandardCharsets.UTF_8) : null;
    }

    private static Map<String, String> literal(Map<String, String> variables) {
        Map<String, String> literal = new LinkedHashMap<>();
        variables.forEach((name, value) -> literal.put(name, literal(value)));
        return literal;
    }

    /** Launchers expand {@code $NAME}, and {@code $$} to a dollar. */
    private static String literal(String text) {
        return text.replace("$", "$$");
    }

    private Path file(Arguments arguments) {
        return pipeline.directory().resolve(arguments.text("file"));
    }

    private Map<String, Path> matching(String glob) {
        try {
            Map<String, Path> files = new TreeMap<>();
            Path directory = pipeline.directory();
            for (FilePath file : new FilePath(directory.toFile()).list(glob)) {
                Path path = Path.of(file.getRemote());
                files.put(directory.relativize(path).toString(), path);
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new PipelineFailure(e);
        }
    }

    private void log(String line) {
        pipeline.build().listener().getLogger().println(line);
    }
}

package io.jenkins.plugins.imagefactory.runner;

import groovy.lang.Closure;
import io.jenkins.plugins.imagefactory.runner.Section.Directive;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs {@code pipeline { … }}; every stage on this machine, parallel ones and those of a matrix one after another. */
final class DeclarativePipeline {
    private static final Set<String> SECTIONS =
            Set.of("agent", "environment", "libraries", "options", "parameters", "post", "stages", "tools", "triggers");
    private static final Set<String> STAGE_SECTIONS = Set.of(
            "agent",
            "environment",
            "failFast",
            "input",
            "matrix",
            "options",
            "parallel",
            "post",
            "stages",
            "steps",
            "tools",
            "when");

    private final Pipeline pipeline;

    DeclarativePipeline(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    void run(Closure<?> block) {
        Section root = read(block);
        requireKnown("pipeline", root, SECTIONS);
        root.section("parameters").ifPresent(this::declareParameters);
        withPost(root, () -> runIn(environmentOf(root), () -> runStages(root)));
    }

    private void declareParameters(Section parameters) {
        for (Directive parameter : parameters.all()) {
            Object value = parameter.arguments().named().get("defaultValue");
            Object choices = parameter.arguments().named().get("choices");
            pipeline.params()
                    .putIfAbsent(
                            parameter.arguments().text("name"), choices instanceof List<?> list ? list.get(0) : value);
        }
    }

    private void runStages(Section section) {
        Section stages = section.section("stages")
                .orElseThrow(() -> new IllegalArgumentException("a declarative Pipeline needs 'stages'"));
        stages.all("stage").forEach(this::runStage);
    }

    private void runStage(Directive stage) {
        String name = stage.arguments().text("name");
        Section section = read(stage.arguments().body());
        requireKnown("stage '" + name + "'", section, STAGE_SECTIONS);
        runIn(environmentOf(section), () -> {
            if (section.section("when").map(this::holdAll).orElse(true)) {
                announce(name);
                section.section("input").ifPresent(input -> announce("input of " + name));
                withPost(section, () -> runContent(section));
            } else {
                announce(name + " (skipped by when)");
            }
        });
    }

    private void runContent(Section stage) {
        if (stage.block("steps").isPresent()) {
            pipeline.body(stage.block("steps").get());
        } else if (stage.block("parallel").isPresent()) {
            read(stage.block("parallel").get()).all("stage").forEach(this::runStage);
        } else if (stage.block("matrix").isPresent()) {
            runMatrix(read(stage.block("matrix").get()));
        } else {
            runStages(stage);
        }
    }

    private void runMatrix(Section matrix) {
        List<Map<String, String>> cells = new ArrayList<>(List.of(Map.of()));
        for (Directive axis : read(matrix.block("axes").orElseThrow()).all("axis")) {
            Section values = read(axis.arguments().body());
            String name = values.all("name").get(0).arguments().text("name");
            List<Map<String, String>> wider = new ArrayList<>();
            for (Map<String, String> cell : cells) {
                for (Object value : values.all("values").get(0).arguments().positional()) {
                    Map<String, String> next = new LinkedHashMap<>(cell);
                    next.put(name, value.toString());
                    wider.add(next);
                }
            }
            cells = wider;
        }
        for (Map<String, String> cell : cells) {
            announce("Matrix " + cell);
            runIn(cell, () -> withPost(matrix, () -> runStages(matrix)));
        }
    }

    private boolean holdAll(Section conditions) {
        return conditions.all().stream().allMatch(this::holds);
    }

    private boolean holds(Directive condition) {
        Arguments arguments = condition.arguments();
        if (pipeline.bindOnly()) {
            if (condition.name().equals("expression")) {
                pipeline.body(arguments.body());
            }
            return true;
        }
        return switch (condition.name()) {
            case "expression" -> Boolean.TRUE.equals(pipeline.body(arguments.body()));
            case "environment" ->
                arguments.text("value").equals(pipeline.environment().get(arguments.text("name")));
            case "branch" ->
                arguments.text("pattern").equals(pipeline.environment().get("BRANCH_NAME"));
            case "changeset" -> isChanged(arguments.text("pattern"));
            case "buildingTag" -> pipeline.environment().get("TAG_NAME") != null;
            case "not" -> !holdAll(read(arguments.body()));
            case "allOf" -> holdAll(read(arguments.body()));
            case "anyOf" -> read(arguments.body()).all().stream().anyMatch(this::holds);
            case "beforeAgent", "beforeInput" -> true;
            default -> throw new IllegalArgumentException("when { " + condition.name() + " } is not known here");
        };
    }

    private boolean isChanged(String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return pipeline.changes().stream().map(Path::of).anyMatch(matcher::matches);
    }

    private void withPost(Section section, Runnable content) {
        try {
            content.run();
        } catch (RuntimeException e) {
            pipeline.currentBuild().setResult("FAILURE");
            runPost(section, "failure");
            throw e;
        }
        runPost(section, "success");
    }

    private void runPost(Section section, String outcome) {
        Section post = section.section("post").orElse(null);
        if (post == null) {
            return;
        }
        for (Directive condition : post.all()) {
            if (pipeline.bindOnly() || Set.of("always", "cleanup", outcome).contains(condition.name())) {
                pipeline.body(condition.arguments().body());
            }
        }
    }

    private Map<String, String> environmentOf(Section section) {
        Map<String, String> variables = new LinkedHashMap<>();
        section.section("environment")
                .ifPresent(environment -> environment
                        .all()
                        .forEach(variable -> variables.put(variable.name(), String.valueOf(variable.value()))));
        return variables;
    }

    private void runIn(Map<String, String> variables, Runnable content) {
        Closure<Void> closure = new Closure<>(this, this) {
            private static final long serialVersionUID = 1L;

            @Override
            public Void call() {
                content.run();
                return null;
            }
        };
        pipeline.within(variables, closure);
    }

    private Section read(Closure<?> block) {
        return Section.read(block, pipeline::variable);
    }

    private void announce(String stage) {
        if (!pipeline.bindOnly()) {
            pipeline.build().listener().getLogger().println("[Pipeline] stage: " + stage);
        }
    }

    private static void requireKnown(String where, Section section, Set<String> known) {
        for (Directive directive : section.all()) {
            if (!known.contains(directive.name())) {
                throw new IllegalArgumentException(where + " has no section '" + directive.name() + "'");
            }
        }
    }
}

package io.jenkins.plugins.imagefactory.bench;

import java.io.IOException;
import java.nio.file.Path;

/** One heatRender in a process of its own. */
public final class RenderProcess {
    private RenderProcess() {}

    /** @param arguments the workspace, and a JSON file of variables */
    public static void main(String[] arguments) throws IOException {
        HeatBenchmark.renderAll(Path.of(arguments[0]), HeatBenchmark.variables(Path.of(arguments[1])));
    }
}

package io.jenkins.plugins.imagefactory.jenkins.packer;

import io.jenkins.plugins.imagefactory.image.BuiltImage;
import io.jenkins.plugins.imagefactory.jenkins.process.ImageCollection;
import io.jenkins.plugins.imagefactory.jenkins.process.ProgramRun;
import io.jenkins.plugins.imagefactory.packer.PackerArtifact;
import io.jenkins.plugins.imagefactory.packer.PackerBuild;
import io.jenkins.plugins.imagefactory.packer.PackerOutput;
import io.jenkins.plugins.imagefactory.packer.PackerStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What became of a run, as the plain data that a Pipeline reads. */
final class PackerResult {
    private PackerResult() {}

    static Map<String, Object> of(List<BuiltImage> images, PackerOutput output, ProgramRun run) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("image", images.size() == 1 ? images.get(0).path() : null);
        result.put("images", each(images, ImageCollection::describe));
        result.put("artifacts", each(output.artifacts(), PackerResult::of));
        result.put("builds", each(output.builds(), PackerResult::of));
        result.put("logFile", run.logFile());
        result.put("packerVersion", run.version());
        result.put("millis", run.millisSoFar());
        return result;
    }

    private static Map<String, Object> of(PackerArtifact artifact) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("builder", artifact.build());
        result.put("description", artifact.description());
        result.put("id", artifact.id());
        result.put("files", new ArrayList<>(artifact.files()));
        return result;
    }

    private static Map<String, Object> of(PackerBuild ended) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", ended.name());
        result.put("status", ended.status().name().toLowerCase(Locale.ROOT));
        result.put("millis", ended.duration().toMillis());
        result.put("error", ended.error());
        result.put("steps", each(ended.steps(), PackerResult::of));
        return result;
    }

    private static Map<String, Object> of(PackerStep step) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", step.name());
        result.put("millis", step.duration().toMillis());
        return result;
    }

    private static <T> List<Map<String, Object>> each(List<T> all, Function<T, Map<String, Object>> description) {
        List<Map<String, Object>> result = new ArrayList<>();
        all.forEach(one -> result.add(description.apply(one)));
        return result;
    }
}

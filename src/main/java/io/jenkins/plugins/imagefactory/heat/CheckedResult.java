package io.jenkins.plugins.imagefactory.heat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imagefactory.jinja.Rendering;
import io.jenkins.plugins.imagefactory.jinja.guard.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What a template rendered to, checked as its file name and content ask for: YAML and JSON are well-formed, Heat templates
 * make sense.
 *
 * @param heat null if it is no Heat template
 * @param warnings each a sentence with its place
 */
record CheckedResult(@CheckForNull HeatTemplate heat, List<String> warnings) {
    /** Of errors, and of warnings: to find the place of each its text is gone through. */
    private static final int MOST_TOLD = 100;

    private static final JsonFactory STRICT_JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * @param template how messages name it
     * @param output the rendered file
     * @throws RenderException for the first error, with the further ones suppressed in it, of many the first hundred
     */
    static CheckedResult of(String template, Path output, Rendering rendering) throws RenderException {
        String text = rendering.text();
        String file = output.toString();
        TextPlaces places = (line, column) -> {
            Place origin = rendering.origin(line, column);
            return (origin == null ? template : origin.template() + " line " + origin.line()) + " (rendered line "
                    + line + " column " + column + ")";
        };
        if (file.endsWith(".json")) {
            requireJson(text, places);
            return ofYaml(new StrictYaml(text.replace('\t', ' '), places), places);
        }
        return file.endsWith(".yaml") || file.endsWith(".yml")
                ? ofYaml(new StrictYaml(text, places), places)
                : new CheckedResult(null, new ArrayList<>());
    }

    private static CheckedResult ofYaml(StrictYaml yaml, TextPlaces places) throws RenderException {
        List<Node> documents = yaml.documents();
        boolean isHeat =
                documents.size() == 1 && YamlNodes.entries(documents.get(0)).containsKey("heat_template_version");
        return isHeat ? ofHeat(yaml, documents.get(0), places) : new CheckedResult(null, new ArrayList<>());
    }

    private static CheckedResult ofHeat(StrictYaml yaml, Node document, TextPlaces places) throws RenderException {
        if (!(yaml.data(document) instanceof Map<?, ?> template)) {
            throw new RenderException(places.at(1, 1) + ": a Heat template must be a map");
        }
        HeatTemplate heat = HeatTemplate.of(template);
        List<String> warnings = new ArrayList<>();
        RenderException failure = null;
        int more = 0;
        for (Finding finding : HeatTemplateCheck.of(document)) {
            boolean toldEnough = finding.error()
                    ? failure != null && failure.getSuppressed().length == MOST_TOLD
                    : warnings.size() == MOST_TOLD;
            if (toldEnough) {
                more += finding.error() ? 0 : 1;
                continue;
            }
            String sentence = places.at(finding.line(), finding.column()) + ": " + finding.sentence();
            if (!finding.error()) {
                warnings.add(sentence);
            } else if (failure == null) {
                failure = new RenderException(sentence);
            } else {
                failure.addSuppressed(new RenderException(sentence));
            }
        }
        if (more > 0) {
            warnings.add("and " + more + " more warnings");
        }
        if (failure != null) {
            throw failure;
        }
        return new CheckedResult(heat, warnings);
    }

    private static void requireJson(String text, TextPlaces places) throws RenderException {
        try (JsonParser json = STRICT_JSON.createParser(text)) {
            int values = 0;
            while (json.nextToken() != null) {
                values++;
                json.skipChildren();
            }
            if (values != 1) {
                throw new RenderException(places.at(1, 1) + ": no valid JSON: it must be one value, not " + values);
            }
        } catch (JsonProcessingException e) {
            throw new RenderException(
                    places.at(e.getLocation().getLineNr(), e.getLocation().getColumnNr()) + ": no valid JSON: "
                            + e.getOriginalMessage());
        } catch (RenderException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

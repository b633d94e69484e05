package io.jenkins.plugins.imagefactory.jinja;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The templates in {@code src/test/resources/jinja}, and what they are rendered with. */
final class Corpus {
    static final Path DIRECTORY = Path.of("src/test/resources/jinja");

    private Corpus() {}

    static Map<String, Object> variables() throws IOException {
        return new ObjectMapper().readValue(DIRECTORY.resolve("variables.json").toFile(), new TypeReference<>() {});
    }

    /** What templates include, import, extend or look up, by name. */
    static Map<String, String> files() throws IOException {
        return texts(DIRECTORY.resolve("files"));
    }

    /** Lists of templates of one line, by file; in them ↵ stands for a newline. */
    static Map<String, List<String>> snippets() throws IOException {
        Map<String, List<String>> snippets = new TreeMap<>();
        texts(DIRECTORY.resolve("snippets"))
                .forEach((file, text) -> snippets.put(
                        file,
                        text.lines()
                                .filter(line -> !line.isEmpty())
                                .map(line -> line.replace('↵', '\n'))
                                .toList()));
        return snippets;
    }

    /** Whole templates, by file. */
    static Map<String, String> templates() throws IOException {
        return texts(DIRECTORY.resolve("templates"));
    }

    private static Map<String, String> texts(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> texts.put(file.getFileName().toString(), read(file)));
        }
        return texts;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine as it is given the corpus' files. */
    static Engine engine() throws IOException {
        Map<String, String> files = files();
        Map<String, Lookup> lookups = Map.of(
                "file", files::get, "env", name -> name.equals("ORACLE_VARIABLE") ? "from the environment" : null);
        return new Engine(files::get, lookups, Limits.STANDARD);
    }
}

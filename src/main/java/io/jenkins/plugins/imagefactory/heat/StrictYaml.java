package io.jenkins.plugins.imagefactory.heat;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** YAML, and JSON as a part of it, read to plain data only; a key that stands twice in one map is an error. */
final class StrictYaml {
    private static final int LARGEST_FILE_CHARS = 64 * 1024 * 1024;

    private StrictYaml() {}

    /**
     * The data of a text.
     *
     * @param file how the error names it
     */
    static Object parse(String file, String text) throws RenderException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(LARGEST_FILE_CHARS);
        try {
            return new Yaml(new SafeConstructor(options)).load(text);
        } catch (MarkedYAMLException e) {
            String place = e.getProblemMark() == null
                    ? ""
                    : " line " + (e.getProblemMark().getLine() + 1) + " column "
                            + (e.getProblemMark().getColumn() + 1);
            throw new RenderException(file + place + " is no valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new RenderException(file + " is no valid YAML: "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
    }
}

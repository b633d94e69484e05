package io.jenkins.plugins.imagefactory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The table of libraries in the documentation, and what the build really takes. */
class LibrariesTest {
    private static final Pattern ROW = Pattern.compile(
            "^\\| `([\\w.-]+:[\\w.-]+)` \\| ([\\w.-]+) \\| (packaged|provided|test) \\| [^|]+ \\| [\\d.]+ [kM]B \\| [^|]+ \\|$",
            Pattern.MULTILINE);

    @Test
    void everyDependencyStandsThereWithVersionLicenceSizeAndReason() throws Exception {
        List<String> rows = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/architecture.md")));
        while (row.find()) {
            rows.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
        }

        assertThat(rows).containsExactlyInAnyOrderElementsOf(dependencies());
    }

    private static List<String> dependencies() throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        List<String> dependencies = new ArrayList<>();
        NodeList elements = project.getElementsByTagName("dependency");
        for (int i = 0; i < elements.getLength(); i++) {
            Element dependency = (Element) elements.item(i);
            String scope = text(dependency, "scope");
            dependencies.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId") + " "
                    + text(dependency, "version") + " " + (scope.isEmpty() ? "packaged" : scope));
        }
        return dependencies;
    }

    /** Of the first such element, which stands before those of exclusions. */
    private static String text(Element parent, String name) {
        NodeList elements = parent.getElementsByTagName(name);
        return elements.getLength() == 0 ? "" : elements.item(0).getTextContent();
    }
}

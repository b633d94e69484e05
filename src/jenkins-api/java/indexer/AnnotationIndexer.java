package indexer;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Writes the indexes by which Jenkins finds annotated classes: one class name a line. Stands in for Jenkins'
 * annotation-indexer, which Maven Central does not have, in the default build.
 */
@SupportedAnnotationTypes({
    "org.jenkinsci.Symbol",
    "org.kohsuke.accmod.Restricted",
    "org.kohsuke.stapler.export.ExportedBean"
})
public final class AnnotationIndexer extends AbstractProcessor {
    private static final String INDEXES = "META-INF/services/annotations/";

    private final Map<String, Set<String>> classNames = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                classNames
                        .computeIfAbsent(annotation.getQualifiedName().toString(), name -> new TreeSet<>())
                        .add(processingEnv
                                .getElementUtils()
                                .getBinaryName((TypeElement) element)
                                .toString());
            }
        }
        if (round.processingOver()) {
            classNames.forEach(this::write);
        }
        return false;
    }

    private void write(String annotation, Set<String> annotated) {
        try (Writer index = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", INDEXES + annotation)
                .openWriter()) {
            for (String className : annotated) {
                index.write(className + "\n");
            }
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "cannot write the index of " + annotation + ": " + e);
        }
    }
}

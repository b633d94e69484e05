package io.jenkins.plugins.imagefactory.jinja.serialization;

import io.jenkins.plugins.imagefactory.jinja.guard.Budget;
import io.jenkins.plugins.imagefactory.jinja.guard.Limits;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Composes YAML within a budget: of elements that are written, and of elements that they stand for by aliases. */
public final class YamlDocuments {
    private static final int DEEPEST = 100;
    private static final int LONGEST = 16 << 20;
    private static final int MOST_WRITTEN = 500_000;
    /** Of an event and the node that it becomes. */
    private static final int BYTES_OF_EVENT = 200;

    private static final long MOST_MEANT = Limits.STANDARD.steps();

    private YamlDocuments() {}

    /**
     * @param resolver of the types of scalars
     * @throws MarkedYAMLException if the text is no YAML, or too much of it; with its place
     */
    public static List<Node> compose(String text, Resolver resolver) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        Parser parser = new CountingParser(
                new ParserImpl(text.indexOf('\t') < 0 ? new StreamReader(text) : new TabbedReader(text), options));
        Composer composer = new Composer(parser, resolver, options);
        List<Node> documents = new ArrayList<>();
        while (composer.checkNode()) {
            Node document = composer.getNode();
            YamlSize.require(document, MOST_MEANT);
            documents.add(document);
        }
        return documents;
    }

    /** Ends before the nodes of a file that is too large take the memory. */
    private static final class CountingParser implements Parser {
        private final Parser parser;
        private int events;

        CountingParser(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public Event getEvent() {
            Event event = parser.getEvent();
            Budget.current().bytes(BYTES_OF_EVENT);
            if (++events > MOST_WRITTEN) {
                throw new YamlSize.Excess(event.getStartMark(), "it has more than " + MOST_WRITTEN + " elements");
            }
            return event;
        }
    }
}

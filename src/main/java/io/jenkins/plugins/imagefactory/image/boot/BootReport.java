package io.jenkins.plugins.imagefactory.image.boot;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What was checked of an image, as the XML of JUnit that test reports read. */
public final class BootReport {
    private final String image;
    private final List<Check> checks = new ArrayList<>();

    /**
     * One check.
     *
     * @param millis how long it took
     * @param failure why it failed; null if it did not
     * @param skipped whether it was not made, since one before it failed
     */
    private record Check(
            String name, long millis, @CheckForNull String failure, boolean skipped) {}

    /** @param image by which the report calls it */
    public BootReport(String image) {
        this.image = image;
    }

    public void passed(String check, long millis) {
        checks.add(new Check(check, millis, null, false));
    }

    public void failed(String check, long millis, String reason) {
        checks.add(new Check(check, millis, reason, false));
    }

    public void skipped(String check) {
        checks.add(new Check(check, 0, null, true));
    }

    /** One suite with a test case for each check. */
    public String xml() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a report could not be written to memory", e);
        }
        return text + "\n";
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "imageBoot");
        xml.writeAttribute("tests", String.valueOf(checks.size()));
        xml.writeAttribute("failures", count(checks.stream().filter(check -> check.failure() != null)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", count(checks.stream().filter(Check::skipped)));
        xml.writeAttribute(
                "time", seconds(checks.stream().mapToLong(Check::millis).sum()));
        for (Check check : checks) {
            write(check, xml);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private void write(Check check, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "imageBoot." + image.replace('.', '_'));
        xml.writeAttribute("name", allowed(check.name()));
        xml.writeAttribute("time", seconds(check.millis()));
        String failure = check.failure();
        if (failure != null) {
            xml.writeEmptyElement("failure");
            xml.writeAttribute("message", allowed(failure));
        }
        if (check.skipped()) {
            xml.writeEmptyElement("skipped");
        }
        xml.writeEndElement();
    }

    private static String count(Stream<Check> some) {
        return String.valueOf(some.count());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    /** XML knows most control characters in no form at all. */
    private static String allowed(String text) {
        return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}

package io.jenkins.plugins.imagefactory.image.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BootReportTest {

    @Test
    void isXmlWithATestCaseForEachCheck() throws Exception {
        BootReport report = new BootReport("web.qcow2");
        report.passed("the serial console shows '<login>'", 4321);
        report.failed("'root' logs in over SSH", 5, "no \u0007 \"key\" & no password\ud83d\ude00");
        report.skipped("the script passes");

        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(report.xml().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("4.326");
        Element first = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(first.getAttribute("name")).isEqualTo("the serial console shows '<login>'");
        assertThat(first.getAttribute("classname")).isEqualTo("imageBoot.web_qcow2");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("no ? \"key\" & no password\ud83d\ude00");
        assertThat(suite.getElementsByTagName("skipped").item(0).getParentNode())
                .isNotSameAs(first);
    }
}

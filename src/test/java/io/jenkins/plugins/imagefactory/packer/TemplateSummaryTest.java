package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.packer.TemplateSummary.Builder;
import org.junit.jupiter.api.Test;

/** On what Packer 1.6.6 printed. */
class TemplateSummaryTest {

    @Test
    void readsAJsonTemplate() {
        TemplateSummary summary = TemplateSummary.parse("""
                Packer Inspect: JSON mode
                Required variables:

                  base

                Optional variables and their defaults:

                  secret = <sensitive>
                  x      = 1

                Builders:

                  f    (file)
                  null

                Provisioners:

                  shell-local

                Note: If your build names contain user variables or template
                functions such as 'timestamp', these are processed at build time,
                and therefore only show in their raw form here.
                """);

        assertThat(summary.variables()).containsExactly("base", "secret", "x");
        assertThat(summary.builders()).containsExactly(new Builder("f", "file"), new Builder("null", "null"));
    }

    @Test
    void readsAnHcl2Template() {
        TemplateSummary summary = TemplateSummary.parse("""
                Packer Inspect: HCL2 mode

                > input-variables:

                var.secret: "<sensitive>"
                var.x: "2"

                > local-variables:


                > builds:

                  > img:

                    sources:

                      null.n1

                      qemu.web

                    provisioners:

                      shell-local

                    post-processors:

                      <no post-processor>
                """);

        assertThat(summary.variables()).containsExactly("secret", "x");
        assertThat(summary.builders()).containsExactly(new Builder("null.n1", "null"), new Builder("qemu.web", "qemu"));
    }

    @Test
    void readsATemplateWithoutVariables() {
        assertThat(TemplateSummary.parse("Packer Inspect: JSON mode\nVariables:\n\n  <No variables>\n")
                        .variables())
                .isEmpty();
    }
}

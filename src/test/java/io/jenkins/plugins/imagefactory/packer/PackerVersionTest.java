package io.jenkins.plugins.imagefactory.packer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackerVersionTest {
    @ParameterizedTest
    @CsvSource({"Packer v1.6.6, false", "Packer v1.7.0, true", "Packer v1.11beta1, true", "Packer v2.0-dev, true"})
    void tellsWhatAVersionCan(String output, boolean initialises) {
        assertThat(PackerVersion.parse(output))
                .hasValueSatisfying(version ->
                        assertThat(version.canInitialise(TemplateSyntax.HCL2)).isEqualTo(initialises));
    }

    @Test
    void aNumberBeyondAllVersionsIsNone() {
        assertThat(PackerVersion.parse("Packer v99999999999999.1")).isEmpty();
    }
}

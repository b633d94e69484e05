package io.jenkins.plugins.imagefactory.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ByteCountTest {
    @Test
    void aSizeHasOneDecimalAtMost() {
        assertThat(ByteCount.text(0)).isEqualTo("0 B");
        assertThat(ByteCount.text(1023)).isEqualTo("1023 B");
        assertThat(ByteCount.text(600L << 20)).isEqualTo("600 MiB");
        assertThat(ByteCount.text(1_500_000_000L)).isEqualTo("1.4 GiB");
        assertThat(ByteCount.text(5000L << 40)).isEqualTo("5000 TiB");
    }

    @Test
    void thoseWhoReadFrenchReadItWithACommaAndInOctets() {
        assertThat(ByteCount.text(1_500_000_000L, Locale.CANADA_FRENCH)).isEqualTo("1,4 Gio");
        assertThat(ByteCount.text(17, Locale.FRENCH)).isEqualTo("17 o");
        assertThat(ByteCount.text(1_500_000_000L, Locale.GERMAN)).isEqualTo("1,4 GiB");
    }
}

package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.openstack.image.Image;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlanceDownloadStepTest {

    @ParameterizedTest
    @CsvSource({
        "debian 12, qcow2, debian 12.qcow2",
        "Débian_1.2-3+b4, raw, Débian_1.2-3+b4.raw",
        "../../etc/passwd, raw, _._.._etc_passwd.raw",
        "-rf, raw, _rf.raw",
        ".bashrc, raw, _bashrc.raw",
        "web (20260101-120000), raw, web _20260101-120000_.raw",
        "'$(id)`id`;a&b|c<d>e*f?g~h!i{j}k[l]m#n=o%p:q\\r\"s''t', raw, __id__id__a_b_c_d_e_f_g_h_i_j_k_l_m_n_o_p_q_r_s_t.raw",
        "a, ../x, a._._x"
    })
    void theDefaultNameOfAFileIsHarmless(String name, String format, String file) {
        assertThat(GlanceDownloadStep.defaultFile(image(name, format))).isEqualTo(file);
    }

    @Test
    void theDefaultNameOfAFileHasNoControlCharacters() {
        assertThat(GlanceDownloadStep.defaultFile(image("a\nb\u001b\u202e", "raw")))
                .isEqualTo("a_b__.raw");
    }

    @Test
    void theDefaultNameOfAFileFits() {
        assertThat(GlanceDownloadStep.defaultFile(image("\u6f22".repeat(255), "qcow2"))
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(200);
    }

    @Test
    void anImageWithoutANameGivesItsId() {
        assertThat(GlanceDownloadStep.defaultFile(image(null, "raw"))).isEqualTo("the-id.raw");
    }

    private static Image image(String name, String format) {
        return new Image(
                "the-id", name, "active", 1L, null, null, null, null, "private", format, "bare", 0, 0, "me", false,
                false, List.of(), null, Map.of());
    }
}

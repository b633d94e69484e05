package io.jenkins.plugins.imagefactory.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void readsKeystonesMessage() {
        assertThat(ErrorText.of(
                        "{\"error\":{\"code\":401,\"message\":\"The request you have made requires authentication.\",\"title\":\"Unauthorized\"}}",
                        "Unauthorized"))
                .isEqualTo("The request you have made requires authentication.");
    }

    @Test
    void takesTheMarkupOutOfGlancesMessage() {
        assertThat(ErrorText.of(
                        "{\"message\": \"There was a conflict.<br /><br />\\n\\n\\n\", \"code\": \"409 Conflict\"}",
                        "Conflict"))
                .isEqualTo("There was a conflict.");
    }

    @Test
    void readsTheTitleOfAProxysPage() {
        assertThat(ErrorText.of("<html><head><title>502 Bad Gateway</title></head><body>…</body></html>", "x"))
                .isEqualTo("502 Bad Gateway");
    }

    @Test
    void fallsBackToTheReasonPhraseOfAnEmptyAnswer() {
        assertThat(ErrorText.of("", "Request Entity Too Large")).isEqualTo("Request Entity Too Large");
    }
}

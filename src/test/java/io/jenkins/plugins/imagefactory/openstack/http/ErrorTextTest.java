package io.jenkins.plugins.imagefactory.openstack.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void readsKeystonesMessage() {
        assertThat(ErrorText.of(
                        "{\"error\":{\"code\":401,\"message\":\"The request you have made requires authentication.\",\"title\":\"Unauthorized\"}}",
                        401,
                        "Unauthorized"))
                .isEqualTo("The request you have made requires authentication.");
    }

    @Test
    void takesTheMarkupOutOfGlancesMessage() {
        assertThat(ErrorText.of(
                        "{\"message\": \"There was a conflict.<br /><br />\\n\\n\\n\", \"code\": \"409 Conflict\"}",
                        409,
                        "Conflict"))
                .isEqualTo("There was a conflict.");
    }

    @Test
    void readsCindersMessageWhateverTheFaultIsCalled() {
        assertThat(ErrorText.of(
                        "{\"itemNotFound\": {\"code\": 404, \"message\": \"Volume 1 could not be found.\"}}",
                        404,
                        "Not Found"))
                .isEqualTo("Volume 1 could not be found.");
    }

    @Test
    void readsHeatsMessageRatherThanItsExplanationOfTheStatus() {
        assertThat(ErrorText.of(
                        "{\"code\": 400, \"title\": \"Bad Request\", \"explanation\": \"The server could not comply with the request since it is either malformed or otherwise incorrect.\", \"error\": {\"type\": \"StackValidationFailed\", \"message\": \"ResourceTypeUnavailable: OS::Heat::NoSuchThing\"}}",
                        400,
                        "Bad Request"))
                .isEqualTo("ResourceTypeUnavailable: OS::Heat::NoSuchThing");
    }

    @Test
    void showsNothingThatATerminalObeys() {
        assertThat(ErrorText.of("{\"message\": \"a\\u001b[2Jb\\u0085c\\u202ed\"}", 409, "Conflict"))
                .isEqualTo("a [2Jb c d");
    }

    @Test
    void readsTheTitleOfAProxysPage() {
        assertThat(ErrorText.of("<html><head><title>502 Bad Gateway</title></head><body>…</body></html>", 200, null))
                .isEqualTo("502 Bad Gateway");
    }

    @Test
    void saysWhatTheStatusMeansWhenTheAnswerDoesNot() {
        assertThat(ErrorText.of("", 413, "Request Entity Too Large"))
                .isEqualTo("it is larger than the service, or a proxy before it, takes");
    }
}

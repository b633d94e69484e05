package io.jenkins.plugins.imagefactory.jenkins.masking;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.console.ConsoleLogFilter;
import hudson.console.LineTransformationOutputStream;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.imagefactory.jenkins.result.BootedImage;
import io.jenkins.plugins.imagefactory.jenkins.result.SharedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskingTest {
    private final Masking masking = new Masking(null);

    @Test
    void hidesNothingBeforeItKnowsASecret() {
        Map<String, Object> result = Map.of("id", "s3cret");

        assertThat(masking.text("s3cret")).isEqualTo("s3cret");
        assertThat(masking.data(result)).isSameAs(result);
    }

    @Test
    void anEmptySecretHidesNothing() {
        masking.hide(List.of("", "  "));

        assertThat(masking.text("all of it")).isEqualTo("all of it");
    }

    @Test
    void hidesASecretInEveryFormThatProgramsGiveIt() {
        masking.hide(List.of("p@ss \"w0rd\""));

        assertThat(
                        masking.text(
                                "plain p@ss \"w0rd\", JSON {\"p\": \"p@ss \\\"w0rd\\\"\"}, address ?p=p%40ss%20%22w0rd%22&q=p%40ss+%22w0rd%22"))
                .isEqualTo("plain ****, JSON {\"p\": \"****\"}, address ?p=****&q=****");
        assertThat(masking.text(Base64.getEncoder().encodeToString("p@ss \"w0rd\"".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("****");
    }

    @Test
    void hidesEachLineOfASecretOfSeveralLines() {
        masking.hide(List.of("-----BEGIN KEY-----\nabcdefgh\n-----END KEY-----\n"));

        assertThat(masking.text("it is abcdefgh")).isEqualTo("it is ****");
        assertThat(masking.lineWithSecret("one\ntwo abcdefgh\n")).isEqualTo(2);
    }

    @Test
    void hidesTextsAtAnyDepthOfDataAndLeavesAllElse() {
        masking.hide(List.of("s3cret"));

        assertThat(masking.data(List.of(Map.of("error", "at s3cret", "millis", 3L, "list", List.of("s3cret", true)))))
                .isEqualTo(List.of(Map.of("error", "at ****", "millis", 3L, "list", List.of("****", true))));
    }

    @Test
    void hidesTextsAtAnyDepthOfRecords() {
        masking.hide(List.of("s3cret"));
        SharedImage shared = new SharedImage(
                new SharedImage.Named("1", "web s3cret"),
                List.of(new SharedImage.Project("dev", null, null, true, "at s3cret")));
        BootedImage booted =
                new BootedImage(true, 7, Optional.of("boot/s3cret.txt"), Optional.empty(), Optional.empty());

        assertThat(masking.data(shared))
                .isEqualTo(new SharedImage(
                        new SharedImage.Named("1", "web ****"),
                        List.of(new SharedImage.Project("dev", null, null, true, "at ****"))));
        assertThat(masking.data(booted))
                .isEqualTo(new BootedImage(true, 7, Optional.of("boot/****.txt"), Optional.empty(), Optional.empty()));
    }

    @Test
    void keysOfResultsStayEvenIfTheyHoldASecret() {
        masking.hide(List.of("image", "path", "name"));
        Map<String, Object> result = Map.of("path", "disk.raw", "images", List.of(Map.of("name", "web")));

        assertThat(masking.data(result)).isEqualTo(result);
    }

    @Test
    void keysOfResultsStayIfTheConsoleAroundHidesThem() {
        Masking within = new Masking(new Filter(false));

        assertThat(within.data(Map.of("s3cret", "s3cret"))).isEqualTo(Map.of("s3cret", "****"));
    }

    @Test
    void aKeyThatHoldsALongSecretIsMasked() {
        masking.hide(List.of("s3cret-4711"));

        assertThat(masking.data(Map.of("properties", Map.of("at s3cret-4711", "web"))))
                .isEqualTo(Map.of("properties", Map.of("at ****", "web")));
    }

    @Test
    void secretsOfUnderFourLettersStayInResultsAndRecordsAndAreHiddenElsewhere() {
        masking.hide(List.of("e", "3b0", "four"));
        Map<String, Object> result = Map.of("sha256", "e3b0c44298fc", "name", "web four", "size", 1);

        assertThat(masking.data(result)).isEqualTo(Map.of("sha256", "e3b0c44298fc", "name", "web ****", "size", 1));
        assertThat(masking.data("e3b0c4")).isEqualTo("e3b0c4");
        assertThat(masking.text("at 3b0")).isEqualTo("at ****");
    }

    @Test
    void variablesThatHoldASecretAreLeftOut() {
        masking.hide(List.of("s3cret"));

        assertThat(masking.withoutSecrets(Map.of("OS_PASSWORD", "s3cret", "URL", "at s3cret", "JOB_NAME", "web")))
                .containsExactly(Map.entry("JOB_NAME", "web"));
    }

    @Test
    void nullIsNoSecret() {
        masking.hide(Arrays.asList(null, "s3cret"));

        assertThat(masking.text("null s3cret")).isEqualTo("null ****");
    }

    @Test
    void linesOfASecretAreFoundAsTheyAreAndInJson() {
        masking.hide(List.of("first \"line\"\nsecond/line+"));

        assertThat(masking.text("first \"line\", first \\\"line\\\", second/line+"))
                .isEqualTo("****, ****, ****");
        assertThat(masking.text("first \"line\"\nsecond/line+")).isEqualTo("****");
    }

    @Test
    void linesOfASecretAreNotLookedForInAddressesAndBase64() {
        masking.hide(List.of("first line\nsecond/line+"));
        String inBase64 = Base64.getEncoder().encodeToString("second/line+".getBytes(StandardCharsets.UTF_8));

        assertThat(masking.text("second%2Fline%2B " + inBase64)).isEqualTo("second%2Fline%2B " + inBase64);
        assertThat(masking.text("first%20line%0Asecond%2Fline%2B")).isEqualTo("****");
    }

    @Test
    void aSecretWithALineBreakAtItsEndIsFoundInEveryFormWithoutIt() {
        masking.hide(List.of("p@ss w0rd\n"));

        assertThat(masking.text("?p=p%40ss%20w0rd&q=p%40ss+w0rd")).isEqualTo("?p=****&q=****");
    }

    @Test
    void ofSecretsAndLinesThatBeginAlikeTheLongestIsHidden() {
        masking.hide(List.of("abcdefgh", "abcdefgh-4711\nwxyz", "wxyz-4711"));

        assertThat(masking.text("abcdefgh-4711 wxyz-4711 abcdefgh wxyz")).isEqualTo("**** **** **** ****");
    }

    @Test
    void whatIsLearntAfterAUseIsHidden() {
        masking.hide(List.of("token-1"));
        assertThat(masking.text("token-1 token-2")).isEqualTo("**** token-2");

        masking.hide(List.of("token-2"));

        assertThat(masking.text("token-1 token-2")).isEqualTo("**** ****");
        assertThat(masking.data("token-1 token-2")).isEqualTo("**** ****");
    }

    @Test
    void hidesWhatTheConsoleAroundHides() {
        Masking within = new Masking(new Filter(false));

        assertThat(within.text("one s3cret\ntwo s3cret")).isEqualTo("one ****\ntwo ****");
        assertThat(within.text("nothing")).isEqualTo("nothing");
        assertThat(within.hides("s3cret")).isTrue();
    }

    @Test
    void understandsAFilterThatKeepsLinesBack() {
        Masking within = new Masking(new Filter(true));

        assertThat(within.text("one s3cret")).isEqualTo("one ****");
        assertThat(within.text("two s3cret")).isEqualTo("two ****");
    }

    @Test
    void hidesAllOfWhatCannotBeFiltered() {
        Masking within = new Masking(new ConsoleLogFilter() {
            @SuppressWarnings("rawtypes")
            @Override
            public OutputStream decorateLogger(Run build, OutputStream logger) throws IOException {
                throw new IOException("broken");
            }
        });

        assertThat(within.text("s3cret")).isEqualTo("****");
    }

    @Test
    void aFailureThatTellsASecretInACauseIsReplaced() {
        masking.hide(List.of("s3cret"));

        assertThat(masking.failure(new IOException("at s3cret", new IOException("s3cret again"))))
                .isInstanceOf(AbortException.class)
                .hasMessage("at ****")
                .hasNoCause();
        assertThat(masking.failure(new InterruptedException("at s3cret"))).hasMessage("at ****");
        assertThat(masking.failure(new IllegalArgumentException("at s3cret"))).hasMessage("at ****");
    }

    @Test
    void aFailureThatTellsNoneStaysItself() {
        masking.hide(List.of("s3cret"));
        IOException failure = new IOException("harmless");

        assertThat(masking.failure(failure)).isSameAs(failure);
    }

    @Test
    void noSecretIsCutInTwoInALineOfAnyLength() throws IOException {
        masking.hide(List.of("s3cret-4711"));
        for (int before = 65_520; before < 65_545; before++) {
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            try (OutputStream stream = masking.stream(shown)) {
                stream.write("x".repeat(before).getBytes(StandardCharsets.UTF_8));
                stream.write(("s3cret-4711é" + "ü".repeat(70_000)).getBytes(StandardCharsets.UTF_8));
            }

            assertThat(shown.toString(StandardCharsets.UTF_8))
                    .isEqualTo("x".repeat(before) + "****é" + "ü".repeat(70_000));
        }
    }

    @Test
    void bytesThatAreNoTextPassAsTheyAre() throws IOException {
        masking.hide(List.of("s3cret"));
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (OutputStream stream = masking.stream(shown)) {
            stream.write(new byte[] {'a', (byte) 0xfc, '\n'});
        }

        assertThat(shown.toByteArray()).containsExactly('a', (byte) 0xfc, '\n');
    }

    @Test
    void theConsoleHidesWhatTheOperationLearnsLater() throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        TaskListener console = masking.listener(new StreamTaskListener(shown, StandardCharsets.UTF_8));

        masking.hide(List.of("s3cret"));
        console.getLogger().println("the password is s3cret");
        console.getLogger().print("unfinished s3");
        console.getLogger().print("cret");
        masking.end();

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("the password is ****\nunfinished ****");
    }

    /** Hides s3cret, as another plugin would. */
    private static final class Filter extends ConsoleLogFilter {
        private final boolean keepsBack;

        Filter(boolean keepsBack) {
            this.keepsBack = keepsBack;
        }

        @SuppressWarnings("rawtypes")
        @Override
        public OutputStream decorateLogger(Run build, OutputStream logger) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            return new LineTransformationOutputStream.Delegating(logger) {
                @Override
                protected void eol(byte[] line, int length) throws IOException {
                    byte[] masked = new String(line, 0, length, StandardCharsets.UTF_8)
                            .replace("s3cret", "****")
                            .getBytes(StandardCharsets.UTF_8);
                    (keepsBack ? kept : out).write(masked);
                }

                @Override
                public void close() throws IOException {
                    kept.writeTo(out);
                    super.close();
                }
            };
        }
    }
}

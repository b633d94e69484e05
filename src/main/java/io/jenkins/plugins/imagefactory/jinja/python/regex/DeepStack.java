package io.jenkins.plugins.imagefactory.jinja.python.regex;

import io.jenkins.plugins.imagefactory.jinja.guard.TemplateException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Runs what may call itself once for each character of a text, as Java's regular expressions do where a group is repeated: on the
 * thread that asks, and where its stack is too small once more on one with a deep stack.
 */
final class DeepStack {
    private static final long BYTES = 64L << 20;

    private DeepStack() {}

    /** @throws TemplateException when that is too small, too */
    static boolean run(BooleanSupplier task) {
        try {
            return task.getAsBoolean();
        } catch (StackOverflowError e) {
            return runDeep(task);
        }
    }

    private static boolean runDeep(BooleanSupplier task) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(task.getAsBoolean());
                    } catch (StackOverflowError e) {
                        result.completeExceptionally(
                                new TemplateException("a regular expression repeats a group over too"
                                        + " long a text: repeat a set of characters instead, or search in less"));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                },
                "regular expression",
                BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}

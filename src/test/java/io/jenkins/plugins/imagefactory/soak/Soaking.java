package io.jenkins.plugins.imagefactory.soak;

import io.jenkins.plugins.imagefactory.bench.Section;
import io.jenkins.plugins.imagefactory.fixture.OpenStack;
import java.nio.file.Path;
import java.time.Duration;

/** Soaks for an hour, and writes what the process had at its begin and at its end. */
public final class Soaking {
    private static final Path DIRECTORY = Path.of("target", "soak");
    private static final long MINUTES = Long.getLong("soak.minutes", 60);
    private static final long SEED = Long.getLong("soak.seed", 20_261_201);
    /** After which pools and classes are there. */
    private static final int WARM_UP = 10;

    private Soaking() {}

    /** @param arguments the file whose text between the markers of this section is replaced */
    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofMinutes(MINUTES);
        try (OpenStack openStack = OpenStack.start(DIRECTORY.resolve("openstack"));
                Soak soak = new Soak(openStack, DIRECTORY.resolve("work"), SEED)) {
            soak.run(time.dividedBy(WARM_UP));
            Holdings first = soak.holdings();
            soak.run(time.dividedBy(2).minus(time.dividedBy(WARM_UP)));
            Holdings middle = soak.holdings();
            soak.run(time.dividedBy(2));
            Holdings last = soak.holdings();
            String section = MINUTES + " minutes, seed " + SEED + ": " + soak.done() + ". Images left in Glance: "
                    + soak.images() + ". Not as it should be: "
                    + (soak.wrong().isEmpty() ? "nothing" : soak.wrong().size() + " times") + ".\n\n"
                    + "| | after a tenth of the time | after half of it | at its end |\n| --- | --- | --- | --- |\n"
                    + row("threads", first.threads(), middle.threads(), last.threads())
                    + row("sockets", first.sockets(), middle.sockets(), last.sockets())
                    + row("other open files", first.files(), middle.files(), last.files())
                    + row("temporary files", first.temporary(), middle.temporary(), last.temporary())
                    + row("processes, of the cloud's servers", first.processes(), middle.processes(), last.processes())
                    + row("heap after its collection, KiB", first.heap(), middle.heap(), last.heap());
            System.out.println(section);
            soak.wrong().forEach(System.out::println);
            Section.replace(Path.of(arguments[0]), "soak", section);
            System.exit(soak.wrong().isEmpty() ? 0 : 1);
        }
    }

    private static String row(String what, long... values) {
        StringBuilder row = new StringBuilder("| ").append(what);
        for (long value : values) {
            row.append(" | ").append(value);
        }
        return row.append(" |\n").toString();
    }
}

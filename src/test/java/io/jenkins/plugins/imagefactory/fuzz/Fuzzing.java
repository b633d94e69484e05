package io.jenkins.plugins.imagefactory.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Fuzzes every target for a while. */
public final class Fuzzing {
    private static final String SECONDS = System.getProperty("fuzz.seconds", "600");

    private Fuzzing() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<FuzzTarget> found = new ArrayList<>();
        for (FuzzTarget target : FuzzTarget.values()) {
            System.out.println("Fuzzing " + target + " for " + SECONDS + " s; see " + target.log());
            if (target.run(
                            "-max_total_time=" + SECONDS,
                            Files.createDirectories(target.directory().resolve("found")))
                    != 0) {
                found.add(target);
            }
        }
        System.out.println(found.isEmpty() ? "Nothing was found" : "Something was found: " + found);
        System.exit(found.isEmpty() ? 0 : 1);
    }
}

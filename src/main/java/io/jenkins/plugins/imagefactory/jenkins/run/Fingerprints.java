package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.model.Fingerprint;
import hudson.model.FingerprintMap;
import hudson.model.Run;
import hudson.tasks.Fingerprinter.FingerprintAction;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;

/**
 * By the fingerprint of a file, its MD5, Jenkins tells which build made it and which builds used it. Glance's {@code checksum}
 * of an image is the same digest.
 */
final class Fingerprints {
    private final Run<?, ?> run;

    Fingerprints(Run<?, ?> run) {
        this.run = run;
    }

    /** @param md5s path of a file that this build made to its MD5 */
    void made(Map<String, String> md5s) throws IOException {
        record(md5s, run);
    }

    /** @param md5s path of a file that this build used, wherever it came from, to its MD5 */
    void used(Map<String, String> md5s) throws IOException {
        record(md5s, null);
    }

    private void record(Map<String, String> md5s, Run<?, ?> maker) throws IOException {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null || md5s.isEmpty()) {
            return;
        }
        FingerprintMap known = jenkins.getFingerprintMap();
        for (Map.Entry<String, String> file : md5s.entrySet()) {
            String name = file.getKey().substring(file.getKey().lastIndexOf('/') + 1);
            Fingerprint fingerprint = known.getOrCreate(maker, name, file.getValue());
            fingerprint.addFor(run);
        }
        addToPage(md5s);
        run.save();
    }

    /** A file that one step made and another one used is on the build's page of fingerprints once. */
    private void addToPage(Map<String, String> md5s) {
        synchronized (run) {
            FingerprintAction action = run.getAction(FingerprintAction.class);
            if (action == null) {
                run.addAction(new FingerprintAction(run, md5s));
            } else {
                Map<String, String> more = new HashMap<>(md5s);
                more.values().removeAll(action.getRecords().values());
                action.add(more);
            }
        }
    }
}

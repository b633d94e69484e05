package hudson.tasks;

import hudson.model.Run;
import java.util.Map;
import jenkins.model.RunAction2;

public class Fingerprinter {
    Fingerprinter() {}

    public static final class FingerprintAction implements RunAction2 {
        public FingerprintAction(@SuppressWarnings("rawtypes") Run build, Map<String, String> record) {
            throw new UnsupportedOperationException();
        }

        public void add(Map<String, String> moreRecords) {
            throw new UnsupportedOperationException();
        }

        public Map<String, String> getRecords() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getIconFileName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getDisplayName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getUrlName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onLoad(Run<?, ?> r) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onAttached(Run<?, ?> r) {
            throw new UnsupportedOperationException();
        }
    }
}

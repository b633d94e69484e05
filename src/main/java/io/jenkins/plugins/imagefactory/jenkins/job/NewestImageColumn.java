package io.jenkins.plugins.imagefactory.jenkins.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A column of list views: the newest image of each job, for those who add it. */
public final class NewestImageColumn extends ListViewColumn {
    @DataBoundConstructor
    public NewestImageColumn() {
        // nothing to choose
    }

    /** Null for what is no job, and where none of the newest builds uploaded an image. */
    @CheckForNull
    public NewestImage of(Object item) {
        return item instanceof Job<?, ?> job ? NewestImage.of(job).orElse(null) : null;
    }

    @Extension
    @Symbol("newestImage")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.NewestImageColumn_DisplayName();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}

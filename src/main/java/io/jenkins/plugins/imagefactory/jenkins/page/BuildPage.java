package io.jenkins.plugins.imagefactory.jenkins.page;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.image.ByteCount;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.jvnet.localizer.LocaleProvider;

/** On the page of a build: the operations that failed, the images, and all else that the build keeps. */
public final class BuildPage extends InvisibleAction {
    private final ImageFactoryAction kept;

    private BuildPage(ImageFactoryAction kept) {
        this.kept = kept;
    }

    public Run<?, ?> getRun() {
        return kept.getRun();
    }

    public ImageFactoryAction getKept() {
        return kept;
    }

    public ImageTable getImages() {
        return new ImageTable(kept.getImages());
    }

    /** As the reader writes it; an empty text for null. */
    public static String bytes(@CheckForNull Long bytes) {
        return bytes == null ? "" : ByteCount.text(bytes, LocaleProvider.getLocale());
    }

    /** Adds it to every build that keeps something of this plugin. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return BuildPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(Run run) {
            Run<?, ?> build = run;
            ImageFactoryAction kept = build.getAction(ImageFactoryAction.class);
            return kept == null ? List.of() : List.of(new BuildPage(kept));
        }
    }
}

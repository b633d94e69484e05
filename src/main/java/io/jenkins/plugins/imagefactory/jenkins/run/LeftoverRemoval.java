package io.jenkins.plugins.imagefactory.jenkins.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.imagefactory.jenkins.unfinished.UnfinishedWork;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** Looks from time to time whether something is left of builds that have ended in ways that no operation is told of. */
@Extension
public final class LeftoverRemoval extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(LeftoverRemoval.class.getName());
    private static final long MINUTES_AFTER_START = 1;
    private static final long MINUTES_BETWEEN_LOOKS = 10;

    @Override
    public void onLoaded() {
        Timer.get()
                .scheduleWithFixedDelay(
                        LeftoverRemoval::remove, MINUTES_AFTER_START, MINUTES_BETWEEN_LOOKS, TimeUnit.MINUTES);
    }

    /** The timer forgets what throws. */
    private static void remove() {
        try {
            ExtensionList.lookupSingleton(LeftOnAgents.class).removeFromAll();
            ExtensionList.lookupSingleton(UnfinishedWork.class).deleteFromAll();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "what builds have left behind cannot be looked for", e);
        }
    }
}

package io.jenkins.plugins.imagefactory.jenkins.result;

import io.jenkins.plugins.imagefactory.openstack.image.ImagePruning;
import java.util.List;

/** Result of glancePrune, the newest image of each kind first. */
public record PrunedImages(List<Image> kept, List<Image> hidden, List<Image> deleted) implements OperationResult {
    /** @param reason why it stayed or went */
    public record Image(String id, String name, String reason) {}

    public static PrunedImages of(List<ImagePruning.Outcome> outcomes) {
        return new PrunedImages(
                with(outcomes, ImagePruning.Decision.KEPT),
                with(outcomes, ImagePruning.Decision.HIDDEN),
                with(outcomes, ImagePruning.Decision.DELETED));
    }

    private static List<Image> with(List<ImagePruning.Outcome> outcomes, ImagePruning.Decision decision) {
        return outcomes.stream()
                .filter(outcome -> outcome.decision() == decision)
                .map(outcome -> new Image(outcome.image().id(), outcome.image().name(), outcome.reason()))
                .toList();
    }
}

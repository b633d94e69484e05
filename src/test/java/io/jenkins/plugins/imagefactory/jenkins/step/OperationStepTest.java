package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a step knows of itself without a Jenkins is what its descriptor tells Jenkins. */
class OperationStepTest {

    static Stream<OperationStep> steps() {
        return Stream.of(
                new DiskImageBuildStep(List.of("vm")),
                new GlanceDownloadStep("i"),
                new GlancePruneStep(),
                new GlanceShareStep("i", "dev"),
                new GlanceUpdateStep("i"),
                new GlanceUploadStep("f"),
                new HeatRenderStep("t"),
                new ImageBootStep("f"),
                new ImageConvertStep("f", "raw"),
                new PackerBuildStep("t"),
                new PackerValidateStep("t"),
                new VolumeUploadStep("v"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void itsNameAndItsNeedOfANodeAreThoseOfItsDescriptor(OperationStep step) throws ReflectiveOperationException {
        OperationDescriptor descriptor =
                (OperationDescriptor) Class.forName(step.getClass().getName() + "$DescriptorImpl")
                        .getDeclaredConstructor()
                        .newInstance();

        assertThat(step.name()).isEqualTo(descriptor.getFunctionName());
        assertThat(step.needsNode()).isEqualTo(descriptor.getRequiredContext().contains(FilePath.class));
    }
}

package io.jenkins.plugins.imagefactory.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jenkins refuses to write the JDK's immutable collections into a job's configuration. */
class StepPersistenceTest {

    @Test
    void aStepWithDefaultsHoldsOnlyWhatJenkinsStores() throws IllegalAccessException {
        assertStorable(new PackerBuildStep("t"));
        assertStorable(new GlanceUploadStep("f"));
        assertStorable(new GlanceShareStep("i", "p"));
        assertStorable(new HeatRenderStep("t"));
        assertStorable(new ImageConvertStep("f", "raw"));
        assertStorable(new DiskImageBuildStep(List.of("vm")));
    }

    @Test
    void aStepHoldsOnlyWhatJenkinsStoresWhateverItWasGiven() throws IllegalAccessException {
        PackerBuildStep packer = new PackerBuildStep("t");
        packer.setVars(Map.of("a", "b"));
        packer.setVarFiles(List.of("f"));
        packer.setOnly(List.of("o"));
        packer.setExcept(null);
        GlanceUploadStep upload = new GlanceUploadStep("f");
        upload.setTags(List.of("t"));
        upload.setProperties(Map.of("a", "b"));
        HeatRenderStep render = new HeatRenderStep("t");
        render.setVars(null);
        render.setVarsFiles(List.of("f"));
        DiskImageBuildStep dib = new DiskImageBuildStep(List.of("vm"));
        dib.setTypes(List.of());
        dib.setElementsPath(List.of("elements"));
        dib.setEnv(Map.of("A", "b"));
        dib.setOptions(List.of("-n"));
        ImageConvertStep convert = new ImageConvertStep("f", "qcow2");
        convert.setOptions(Map.of("cluster_size", "2M"));

        assertStorable(convert);
        assertStorable(dib);
        assertStorable(packer);
        assertStorable(upload);
        assertStorable(new GlanceShareStep("i", List.of("p")));
        assertStorable(render);
    }

    private static void assertStorable(OperationStep step) throws IllegalAccessException {
        for (Field field : step.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            if (!Modifier.isStatic(field.getModifiers()) && field.get(step) != null) {
                assertThat(field.get(step).getClass().getName())
                        .as(field.toString())
                        .doesNotContain("ImmutableCollections");
            }
        }
    }
}

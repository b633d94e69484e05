package io.jenkins.plugins.imagefactory.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.imagefactory.runner.PluginSteps;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A step that is new has no case yet, and neither has a new parameter that names credentials. */
class LeakCasesTest {
    private final PluginSteps steps = new PluginSteps();

    @Test
    void everyStepHasACase() {
        assertThat(LeakCases.steps()).isEqualTo(new TreeSet<>(steps.names()));
    }

    @Test
    void everyStepThatLogsInToACloudHasACaseForEachLogin() {
        Set<String> loggingIn = new TreeSet<>();
        for (String step : steps.names()) {
            if (steps.parameters(step).contains("cloud")
                    || steps.parameters(step).contains("validate")
                            && steps.type(step).getSimpleName().equals("HeatRenderStep")) {
                loggingIn.add(step);
            }
        }

        assertThat(LeakCases.stepsThatLogIn()).isEqualTo(loggingIn);
    }

    @Test
    void everyParameterThatNamesCredentialsOfAStepsOwnHasACase() {
        Set<String> own = new TreeSet<>();
        for (String step : steps.names()) {
            for (String parameter : steps.parameters(step)) {
                if (parameter.matches("secret.*|.+CredentialsId")) {
                    own.add(step + "." + parameter);
                }
            }
        }

        assertThat(LeakCases.parametersWithOwnSecrets()).isEqualTo(own);
    }
}

package io.jenkins.plugins.imagefactory.jenkins.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrendCurveTest {

    @Test
    void buildsStandAtEqualDistancesAndTheLargestValueAtTheTop() {
        TrendCurve curve = new TrendCurve(List.of(3, 4, 9), List.of(50L, 200L, 100L), value -> value + " B");

        assertThat(curve.getPoints()).isEqualTo("0,90 300,0 600,60");
        assertThat(curve.getArea()).isEqualTo("0,90 300,0 600,60 600,120 0,120");
        assertThat(curve.getDots())
                .extracting(TrendCurve.Dot::label)
                .containsExactly("#3: 50 B", "#4: 200 B", "#9: 100 B");
        assertThat(curve.getMaximum()).isEqualTo("200 B");
        assertThat(curve.getHalf()).isEqualTo("100 B");
        assertThat(curve.getMinimum()).isEqualTo("50 B");
        assertThat(curve.getLast()).isEqualTo("100 B");
    }

    @Test
    void valuesThatAreAllZeroLieOnTheGround() {
        assertThat(new TrendCurve(List.of(1, 2), List.of(0L, 0L), Long::toString).getPoints())
                .isEqualTo("0,120 600,120");
    }

    @Test
    void valuesOfTebibytesDoNotOverflow() {
        assertThat(new TrendCurve(List.of(1, 2), List.of(Long.MAX_VALUE / 2, Long.MAX_VALUE), Long::toString)
                        .getPoints())
                .isEqualTo("0,60 600,0");
    }
}

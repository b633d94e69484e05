package io.jenkins.plugins.imagefactory.jenkins.job;

import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A curve as SVG draws it: builds from left to right at equal distances, values from zero up to the largest. */
public final class TrendCurve {
    /** Of the area for the curve itself, in SVG's units. */
    static final int WIDTH = 600;

    static final int HEIGHT = 120;

    private final List<Integer> builds;
    private final List<Long> values;
    private final LongFunction<String> text;

    /**
     * @param builds their numbers, two at least, the oldest first
     * @param values of these builds, none negative
     * @param text a value as people read it
     */
    TrendCurve(List<Integer> builds, List<Long> values, LongFunction<String> text) {
        this.builds = builds;
        this.values = values;
        this.text = text;
    }

    /** One build on the curve. */
    public record Dot(int build, int x, int y, String value) {
        /** For the one who points at it. */
        public String label() {
            return "#" + build + ": " + value;
        }
    }

    public List<Dot> getDots() {
        return IntStream.range(0, builds.size())
                .mapToObj(index ->
                        new Dot(builds.get(index), x(index), y(values.get(index)), text.apply(values.get(index))))
                .toList();
    }

    /** The value of SVG's {@code points}. */
    public String getPoints() {
        return getDots().stream().map(dot -> dot.x() + "," + dot.y()).collect(Collectors.joining(" "));
    }

    /** The same with the area under the curve closed. */
    public String getArea() {
        return getPoints() + " " + WIDTH + "," + HEIGHT + " 0," + HEIGHT;
    }

    private int x(int index) {
        return index * WIDTH / (builds.size() - 1);
    }

    private int y(long value) {
        return HEIGHT - (int) Math.round((double) value * HEIGHT / Math.max(1, largest()));
    }

    private long largest() {
        return Collections.max(values);
    }

    public String getMaximum() {
        return text.apply(largest());
    }

    public String getMinimum() {
        return text.apply(Collections.min(values));
    }

    public String getLast() {
        return text.apply(values.get(values.size() - 1));
    }

    public String getHalf() {
        return text.apply(largest() / 2);
    }

    public int getFirstBuild() {
        return builds.get(0);
    }

    public int getLastBuild() {
        return builds.get(builds.size() - 1);
    }
}

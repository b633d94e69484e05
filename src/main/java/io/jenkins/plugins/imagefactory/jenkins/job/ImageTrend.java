package io.jenkins.plugins.imagefactory.jenkins.job;

import com.google.common.collect.Lists;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.imagefactory.jenkins.page.BuildPage;
import io.jenkins.plugins.imagefactory.jenkins.run.GlanceImage;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFactoryAction;
import io.jenkins.plugins.imagefactory.jenkins.run.ImageFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** The images of a job's newest builds. */
public final class ImageTrend {
    /** As many as the history of builds beside it shows, which loads them anyway. */
    static final int BUILDS = 30;

    private final List<BuildOfImages> builds = new ArrayList<>();
    private final Map<String, NewestImage> newest = new LinkedHashMap<>();

    private ImageTrend() {}

    static ImageTrend of(Job<?, ?> job) {
        ImageTrend trend = new ImageTrend();
        Run<?, ?> run = job.getLastBuild();
        for (int left = BUILDS; run != null; left--) {
            ImageFactoryAction kept = run.getAction(ImageFactoryAction.class);
            if (kept != null) {
                trend.addOlder(run, kept);
            }
            run = left > 1 ? run.getPreviousBuild() : null;
        }
        return trend;
    }

    private void addOlder(Run<?, ?> run, ImageFactoryAction kept) {
        List<GlanceImage> uploaded =
                kept.getImages().stream().filter(GlanceImage::isUploaded).toList();
        for (GlanceImage image : Lists.reverse(uploaded)) {
            newest.putIfAbsent(String.valueOf(image.getName()), new NewestImage(image, run));
        }
        long size = sum(uploaded.stream().map(GlanceImage::getSize).toList());
        if (size == 0) {
            size = sum(kept.getImageFiles().stream().map(ImageFile::getSize).toList());
        }
        if (size > 0 && !run.isBuilding()) {
            builds.add(0, new BuildOfImages(run.getNumber(), size, run.getDuration()));
        }
    }

    private static long sum(List<Long> sizes) {
        return sizes.stream()
                .filter(Objects::nonNull)
                .flatMapToLong(LongStream::of)
                .sum();
    }

    /** The newest image of every name, newest first. */
    public List<NewestImage> getNewest() {
        return List.copyOf(newest.values());
    }

    /** The size of a build's images, together; null if there are too few builds for a curve. */
    @CheckForNull
    public TrendCurve getSizes() {
        return curve(BuildOfImages::bytes, BuildPage::bytes);
    }

    /** How long a build took; null if there are too few builds for a curve. */
    @CheckForNull
    public TrendCurve getTimes() {
        return curve(BuildOfImages::millis, Util::getTimeSpanString);
    }

    private TrendCurve curve(ToLongFunction<BuildOfImages> value, LongFunction<String> text) {
        return builds.size() < 2
                ? null
                : new TrendCurve(
                        builds.stream().map(BuildOfImages::number).toList(),
                        builds.stream().map(value::applyAsLong).toList(),
                        text);
    }

    private record BuildOfImages(int number, long bytes, long millis) {}
}

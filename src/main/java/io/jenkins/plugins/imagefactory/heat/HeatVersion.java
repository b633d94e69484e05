package io.jenkins.plugins.imagefactory.heat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The versions of Heat's templates, the oldest first.
 *
 * @see <a href="https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#heat-template-version">HOT
 *     specification</a>
 */
final class HeatVersion {
    private static final List<String> DATES = List.of(
            "2013-05-23",
            "2014-10-16",
            "2015-04-30",
            "2015-10-15",
            "2016-04-08",
            "2016-10-14",
            "2017-02-24",
            "2017-09-01",
            "2018-03-02",
            "2018-08-31",
            "2021-04-16");
    private static final Map<String, String> RELEASES = Map.of(
            "newton", "2016-10-14",
            "ocata", "2017-02-24",
            "pike", "2017-09-01",
            "queens", "2018-03-02",
            "rocky", "2018-08-31",
            "wallaby", "2021-04-16");

    private HeatVersion() {}

    static boolean isKnown(String version) {
        return DATES.contains(version) || RELEASES.containsKey(version);
    }

    /** Whether a known version is that of a date or a later one. */
    static boolean isSince(String version, String date) {
        return RELEASES.getOrDefault(version, version).compareTo(date) >= 0;
    }

    static List<String> all() {
        List<String> all = new ArrayList<>(DATES);
        RELEASES.keySet().stream().sorted().forEach(all::add);
        return all;
    }
}

package io.jenkins.plugins.imagefactory.image;

/** Words out of a stranger's file in a sentence for people: of any length they may be, and hold what terminals obey. */
public final class Quoted {
    private static final int LONGEST = 200;

    private Quoted() {}

    /** In quotes, without control characters, and not too long. */
    public static String text(String strange) {
        String shown = strange.length() > LONGEST ? strange.substring(0, LONGEST) + "…" : strange;
        return "'" + shown.replaceAll("[\\p{Cc}\\p{Cf}]", "?") + "'";
    }
}

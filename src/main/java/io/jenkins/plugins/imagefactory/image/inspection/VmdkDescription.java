package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.NeededFile;
import io.jenkins.plugins.imagefactory.image.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that says of what a VMDK consists: a file of its own, or a part of a sparse one. What is asked of it is asked of all
 * that QEMU reads, so that no file escapes that QEMU would open.
 *
 * @param text as far as its first NUL, a letter for each byte
 * @param declared as much of it as the header says, or all
 */
record VmdkDescription(String text, String declared) {
    /** Of one inside a sparse extent. */
    static final long POSITION = 512;

    private static final String MAGIC = "# Disk DescriptorFile";
    private static final int LONGEST_BYTES = (1 << 20) - 1;
    private static final String PARENT = "parentfilenamehint";
    private static final Pattern PARENT_NAME = Pattern.compile("\\s*=\\s*\"([^\"\\r\\n]*)\"");
    private static final Pattern EXTENT_NAME = Pattern.compile("\"([^\"\\r\\n]*)");
    private static final List<String> ACCESS = List.of("rw", "rdonly", "noaccess");
    private static final Pattern VERSION_LINE = Pattern.compile("version=[123]\\r?");
    private static final int MOST_NAMES = 100;
    private static final String CREATE_TYPE = "createtype=\"";
    private static final int LONGEST_TYPE = 64;

    /** That of a file which is nothing but the text. */
    static VmdkDescription ofText(ImageBytes file) throws IOException {
        String text = text(file.read(0, LONGEST_BYTES));
        return new VmdkDescription(text, text);
    }

    /** That inside of a sparse extent. */
    static VmdkDescription inside(ImageBytes file, long bytes) throws IOException {
        ByteBuffer all = file.read(POSITION, LONGEST_BYTES);
        return new VmdkDescription(text(all), text(all.slice(0, (int) Math.min(bytes, all.limit()))));
    }

    private static String text(ByteBuffer bytes) {
        String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** What a name in the text is as a path: QEMU gives its bytes to the file system. */
    static String path(String name) {
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Whether QEMU or VMware would take a file that begins so for a description. */
    boolean isDeclared() {
        if (text.startsWith(MAGIC)) {
            return true;
        }
        Optional<String> firstLine = Arrays.stream(text.split("\n"))
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .findFirst();
        return firstLine.isPresent() && VERSION_LINE.matcher(firstLine.get()).matches();
    }

    /** In lower case; empty if it is not told. */
    String createType() {
        String lower = declared.toLowerCase(Locale.ROOT);
        int start = lower.indexOf(CREATE_TYPE);
        int end = start < 0 ? -1 : lower.indexOf('"', start + CREATE_TYPE.length());
        boolean told = end >= 0 && end - start - CREATE_TYPE.length() < LONGEST_TYPE;
        return told ? lower.substring(start + CREATE_TYPE.length(), end) : "";
    }

    /** @throws ImageFlaw if it has a line that not everybody understands, or no extent, or an extent in another directory */
    void check() throws ImageFlaw {
        ImageFlaw.require(
                declared.chars().allMatch(letter -> letter < 0x80), "is a VMDK whose description is not in ASCII");
        int extents = 0;
        for (String line : declared.toLowerCase(Locale.ROOT).split("\n")) {
            String stripped = line.strip();
            String first = stripped.split(" ", 2)[0];
            if (ACCESS.contains(first) && !first.contains("=")) {
                extents++;
                ImageFlaw.require(!stripped.contains("/"), "is a VMDK with an extent in another directory");
            } else {
                int equals = stripped.indexOf('=');
                boolean known = stripped.isEmpty()
                        || stripped.startsWith("#")
                        || stripped.startsWith("ddb")
                        || equals >= 0 && stripped.lastIndexOf(' ', equals) < 0;
                ImageFlaw.require(
                        known, "is a VMDK with a line that is no part of a description: " + Quoted.text(stripped));
            }
        }
        ImageFlaw.require(extents > 0, "is a VMDK without an extent");
    }

    /** All that the text names outside of itself, however it is written. */
    List<NeededFile> neededFiles() {
        List<NeededFile> names = new ArrayList<>(parents());
        for (String line : text.split("\n")) {
            String lower = line.strip().toLowerCase(Locale.ROOT);
            if (names.size() < MOST_NAMES && ACCESS.stream().anyMatch(lower::startsWith)) {
                Matcher name = EXTENT_NAME.matcher(line);
                names.add(new NeededFile("the extent", name.find() ? path(name.group(1)) : ""));
            }
        }
        return names;
    }

    /** An empty name for one that is written in another way than VMware's. */
    List<NeededFile> parents() {
        List<NeededFile> names = new ArrayList<>();
        String lower = text.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(PARENT);
        if (at >= 0) {
            Matcher name = PARENT_NAME.matcher(text).region(at + PARENT.length(), text.length());
            names.add(new NeededFile("the parent", name.lookingAt() ? path(name.group(1)) : ""));
        }
        return names;
    }
}

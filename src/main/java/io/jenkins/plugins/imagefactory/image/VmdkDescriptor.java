package io.jenkins.plugins.imagefactory.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that says of what a VMDK consists: a file of its own, or a part of a sparse one. It is read as widely as QEMU
 * reads it, so that no file escapes that QEMU would open.
 *
 * @param neededFiles as in {@link DiskImage}
 */
record VmdkDescriptor(List<String> neededFiles) {
    static final String SPARSE_MAGIC = "KDMV";
    static final String TEXT_MAGIC = "# Disk DescriptorFile";

    private static final int LONGEST_BYTES = 1 << 20;
    private static final int SECTOR_BYTES = 512;
    private static final int SPARSE_HEADER_BYTES = 44;
    private static final String PARENT = "parentFileNameHint";
    private static final Pattern PARENT_NAME = Pattern.compile(PARENT + "=\"([^\"\\r\\n]*)\"");
    private static final Pattern QUOTED = Pattern.compile("(=?)\\s*\"([^\"\\r\\n]*)(?:\"|$)", Pattern.MULTILINE);

    /** That of a file which is nothing but the text. */
    static VmdkDescriptor ofText(ImageBytes file) throws IOException {
        String text = text(file.read(0, LONGEST_BYTES));
        List<String> names = parents(text);
        names.addAll(extents(text));
        return new VmdkDescriptor(names);
    }

    /** That inside of a sparse extent. */
    static VmdkDescriptor ofSparse(ImageBytes file) throws IOException {
        ByteBuffer head = file.head().order(ByteOrder.LITTLE_ENDIAN);
        if (head.limit() < SPARSE_HEADER_BYTES) {
            return new VmdkDescriptor(List.of());
        }
        String text = text(file.read(head.getLong(28) * SECTOR_BYTES, LONGEST_BYTES));
        List<String> names = parents(text);
        boolean dataIsElsewhere = capacityBytes(head) == 0;
        if (dataIsElsewhere) {
            names.addAll(extents(text));
        }
        return new VmdkDescriptor(names);
    }

    /** Of a sparse extent. */
    static long capacityBytes(ByteBuffer head) {
        return head.order(ByteOrder.LITTLE_ENDIAN).getLong(12) * SECTOR_BYTES;
    }

    /** An empty name for one that is written in another way than VMware's. */
    private static List<String> parents(String text) {
        List<String> names = new ArrayList<>();
        for (int at = text.indexOf(PARENT); at >= 0; at = text.indexOf(PARENT, at + 1)) {
            Matcher name = PARENT_NAME.matcher(text).region(at, text.length());
            names.add(name.lookingAt() ? name.group(1) : "");
        }
        return names;
    }

    /** What stands in quotes, and is no value. */
    private static List<String> extents(String text) {
        return QUOTED.matcher(text)
                .results()
                .filter(quoted -> quoted.group(1).isEmpty())
                .map(quoted -> quoted.group(2))
                .toList();
    }

    private static String text(ByteBuffer bytes) {
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}

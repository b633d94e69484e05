package io.jenkins.plugins.imagefactory.image.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CD with a few small files in its root directory. Systems show their names in lower case.
 *
 * @param label of the volume
 * @param files names to contents
 * @see <a href="https://ecma-international.org/publications-and-standards/standards/ecma-119/">ECMA-119</a>, which is
 *     ISO 9660; the numbers of its clauses stand beside what they define
 */
record Iso9660(String label, Map<String, byte[]> files) {
    private static final int SECTOR = 2048;
    private static final int VOLUME_DESCRIPTOR = 16;
    private static final int TERMINATOR = 17;
    private static final int PATH_TABLE_LITTLE_ENDIAN = 18;
    private static final int PATH_TABLE_BIG_ENDIAN = 19;
    private static final int ROOT_DIRECTORY = 20;
    private static final int FIRST_FILE = 21;
    private static final int PATH_TABLE_BYTES = 10;
    private static final int IDENTIFIERS_OFFSET = 190;
    private static final int DATES_OFFSET = 813;
    private static final int DATES = 4;
    private static final byte FILE = 0;
    private static final byte DIRECTORY = 2;

    byte[] bytes() {
        SortedMap<String, byte[]> sorted = new TreeMap<>();
        files.forEach((name, content) -> sorted.put(name.toUpperCase(Locale.ROOT) + ".;1", content));
        int sectors = FIRST_FILE
                + sorted.values().stream()
                        .mapToInt(content -> sectors(content.length))
                        .sum();
        ByteBuffer disc = ByteBuffer.allocate(sectors * SECTOR);
        volumeDescriptor(at(disc, VOLUME_DESCRIPTOR), sectors);
        at(disc, TERMINATOR).put((byte) 0xff).put(ascii("CD001")).put((byte) 1);
        pathTable(at(disc, PATH_TABLE_LITTLE_ENDIAN).order(ByteOrder.LITTLE_ENDIAN));
        pathTable(at(disc, PATH_TABLE_BIG_ENDIAN).order(ByteOrder.BIG_ENDIAN));
        ByteBuffer root = at(disc, ROOT_DIRECTORY);
        entry(root, new byte[] {0}, ROOT_DIRECTORY, SECTOR, DIRECTORY);
        entry(root, new byte[] {1}, ROOT_DIRECTORY, SECTOR, DIRECTORY);
        int sector = FIRST_FILE;
        for (Map.Entry<String, byte[]> file : sorted.entrySet()) {
            byte[] content = file.getValue();
            entry(root, ascii(file.getKey()), sector, content.length, FILE);
            at(disc, sector).put(content);
            sector += sectors(content.length);
        }
        return disc.array();
    }

    /** 8.4 */
    private void volumeDescriptor(ByteBuffer descriptor, int sectors) {
        descriptor.put((byte) 1).put(ascii("CD001")).put((byte) 1).put((byte) 0);
        descriptor.put(ascii("%-32s%-32s".formatted("", label)));
        descriptor.position(descriptor.position() + 8);
        both32(descriptor, sectors);
        descriptor.position(descriptor.position() + 32);
        both16(descriptor, 1);
        both16(descriptor, 1);
        both16(descriptor, SECTOR);
        both32(descriptor, PATH_TABLE_BYTES);
        descriptor
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(PATH_TABLE_LITTLE_ENDIAN)
                .putInt(0);
        descriptor.order(ByteOrder.BIG_ENDIAN).putInt(PATH_TABLE_BIG_ENDIAN).putInt(0);
        entry(descriptor, new byte[] {0}, ROOT_DIRECTORY, SECTOR, DIRECTORY);
        descriptor.put(ascii(" ".repeat(DATES_OFFSET - IDENTIFIERS_OFFSET)));
        for (int date = 0; date < DATES; date++) {
            descriptor.put(ascii("0".repeat(16))).put((byte) 0);
        }
        descriptor.put((byte) 1);
    }

    /** 9.4, of a disc whose only directory is its root */
    private static void pathTable(ByteBuffer table) {
        table.put((byte) 1).put((byte) 0).putInt(ROOT_DIRECTORY).putShort((short) 1);
    }

    /** 9.1 */
    private static void entry(ByteBuffer directory, byte[] name, int sector, int bytes, byte flags) {
        int length = 33 + name.length + (name.length + 1) % 2;
        int end = directory.position() + length;
        directory.put((byte) length).put((byte) 0);
        both32(directory, sector);
        both32(directory, bytes);
        directory.position(directory.position() + 7);
        directory.put(flags).put((byte) 0).put((byte) 0);
        both16(directory, 1);
        directory.put((byte) name.length).put(name).position(end);
    }

    /** 7.2.3 */
    private static void both16(ByteBuffer buffer, int value) {
        buffer.order(ByteOrder.LITTLE_ENDIAN).putShort((short) value);
        buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) value);
    }

    /** 7.3.3 */
    private static void both32(ByteBuffer buffer, int value) {
        buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(value);
        buffer.order(ByteOrder.BIG_ENDIAN).putInt(value);
    }

    private static ByteBuffer at(ByteBuffer disc, int sector) {
        return disc.slice(sector * SECTOR, disc.capacity() - sector * SECTOR);
    }

    private static int sectors(int bytes) {
        return (bytes + SECTOR - 1) / SECTOR;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

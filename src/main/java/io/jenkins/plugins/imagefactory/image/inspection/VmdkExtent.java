package io.jenkins.plugins.imagefactory.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a sparse extent of a VMDK. Numbers are sectors in the file, and bytes here.
 *
 * @param capacityBytes of the part of the disk that the extent holds
 * @param grainBytes of the pieces in which it holds it
 * @param descriptionPosition 0 for none
 * @param tableEntries of each table of grains
 * @param directoryPosition of the table of those tables
 * @see <a href="https://www.vmware.com/app/vmdk/?src=vmdk">VMware: Virtual Disk Format 5.0</a>
 */
record VmdkExtent(
        long capacityBytes,
        long grainBytes,
        long descriptionPosition,
        long descriptionBytes,
        long tableEntries,
        long directoryPosition) {
    private static final String MAGIC = "KDMV";
    private static final int SECTOR_BYTES = 512;
    private static final int VERSION_OFFSET = 4;
    private static final int NEWEST_VERSION = 3;
    private static final int CAPACITY_OFFSET = 12;
    private static final int GRAIN_OFFSET = 20;
    private static final int DESCRIPTION_OFFSET = 28;
    private static final int DESCRIPTION_LENGTH_OFFSET = 36;
    private static final int TABLE_ENTRIES_OFFSET = 44;
    private static final int DIRECTORY_OFFSET = 56;
    private static final long DIRECTORY_IN_FOOTER = -1;
    private static final int FOOTER_BYTES = 3 * SECTOR_BYTES;
    private static final int END_MARKER = 0;
    private static final int FOOTER_MARKER = 3;
    private static final int MARKER_HEAD_BYTES = 16;
    private static final long MOST_TABLE_ENTRIES = 512;
    private static final long MOST_TABLES = 32L << 20;
    private static final long LARGEST_GRAIN = 1L << 30;
    private static final long LARGEST_NUMBER = Long.MAX_VALUE / SECTOR_BYTES;
    /** An entry of a table: 0 is a grain without data, 1 one of zeros. */
    private static final long LAST_WITHOUT_DATA = 1;

    static boolean isSparse(ImageBytes file) throws IOException {
        return file.startsWith(MAGIC);
    }

    /** That of the file, with the footer in place of the header where the file has one. */
    static VmdkExtent of(ImageBytes file) throws IOException, ImageFlaw {
        ByteBuffer header = file.require(0, SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        requireVersion(header);
        if (header.getLong(DIRECTORY_OFFSET) != DIRECTORY_IN_FOOTER) {
            return of(header);
        }
        return of(footer(file, header));
    }

    private static VmdkExtent of(ByteBuffer header) throws ImageFlaw {
        return new VmdkExtent(
                bytes(header.getLong(CAPACITY_OFFSET)),
                bytes(header.getLong(GRAIN_OFFSET)),
                bytes(header.getLong(DESCRIPTION_OFFSET)),
                bytes(header.getLong(DESCRIPTION_LENGTH_OFFSET)),
                Integer.toUnsignedLong(header.getInt(TABLE_ENTRIES_OFFSET)),
                bytes(header.getLong(DIRECTORY_OFFSET)));
    }

    private static void requireVersion(ByteBuffer header) throws ImageFlaw {
        int version = header.getInt(VERSION_OFFSET);
        ImageFlaw.require(
                version >= 1 && version <= NEWEST_VERSION,
                "is VMDK of the unknown version " + Integer.toUnsignedString(version));
    }

    private static long bytes(long sectors) throws ImageFlaw {
        ImageFlaw.require(sectors >= 0 && sectors <= LARGEST_NUMBER, "is a VMDK with impossible numbers in its header");
        return sectors * SECTOR_BYTES;
    }

    /** What a stream-optimised VMDK repeats at its end must be what its beginning says. */
    private static ByteBuffer footer(ImageBytes file, ByteBuffer header) throws IOException, ImageFlaw {
        ByteBuffer end = file.require(file.size() - FOOTER_BYTES, FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer footer = end.slice(SECTOR_BYTES, SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ImageFlaw.require(
                isMarker(end, 0, FOOTER_MARKER)
                        && isMarker(end, 2 * SECTOR_BYTES, END_MARKER)
                        && end.getLong(2 * SECTOR_BYTES) == 0,
                "is cut off: it is a VMDK with a footer, and its end is none: copy or download it again");
        ImageFlaw.require(
                footer.slice(0, CAPACITY_OFFSET).equals(header.slice(0, CAPACITY_OFFSET))
                        && footer.getLong(CAPACITY_OFFSET) == header.getLong(CAPACITY_OFFSET)
                        && footer.getLong(DESCRIPTION_OFFSET) == header.getLong(DESCRIPTION_OFFSET)
                        && footer.getLong(DESCRIPTION_LENGTH_OFFSET) == header.getLong(DESCRIPTION_LENGTH_OFFSET)
                        && footer.getLong(DIRECTORY_OFFSET) != DIRECTORY_IN_FOOTER,
                "is a VMDK whose header and footer say different things");
        return footer;
    }

    private static boolean isMarker(ByteBuffer end, int at, int type) {
        boolean padded = true;
        for (int octet = at + MARKER_HEAD_BYTES; octet < at + SECTOR_BYTES; octet++) {
            padded &= end.get(octet) == 0;
        }
        return padded && end.getInt(at + 8) == 0 && end.getInt(at + 12) == type;
    }

    /** The tables must lie in the file, and so must the first sector of each grain. */
    void requireWhole(ImageBytes file) throws IOException, ImageFlaw {
        ImageFlaw.require(
                grainBytes > 0 && grainBytes <= LARGEST_GRAIN && tableEntries > 0 && tableEntries <= MOST_TABLE_ENTRIES,
                "is a VMDK with impossible grains or tables");
        long grains = capacityBytes / grainBytes + (capacityBytes % grainBytes == 0 ? 0 : 1);
        long count = grains / tableEntries + (grains % tableEntries == 0 ? 0 : 1);
        ImageTables.requireAtMost(MOST_TABLES, count, "a grain directory");
        ImageTables tables = new ImageTables(file, ByteOrder.LITTLE_ENDIAN);
        tables.ofInts(directoryPosition, count, (index, table) -> {
            if (table != 0) {
                long entries = Math.min(tableEntries, grains - index * tableEntries);
                tables.ofInts(table * SECTOR_BYTES, entries, (inTable, grain) -> {
                    if (grain > LAST_WITHOUT_DATA) {
                        file.requireHolds(grain * SECTOR_BYTES, SECTOR_BYTES);
                    }
                });
            }
        });
    }
}

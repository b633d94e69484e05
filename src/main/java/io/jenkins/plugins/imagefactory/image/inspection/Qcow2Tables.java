package io.jenkins.plugins.imagefactory.image.inspection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** By what a qcow2 finds its clusters: a table (L1) of tables (L2), and a table of blocks that count references. */
final class Qcow2Tables {
    private static final int CLUSTER_BITS_OFFSET = 20;
    private static final int VIRTUAL_SIZE_OFFSET = 24;
    private static final int L1_LENGTH_OFFSET = 36;
    private static final int L1_OFFSET = 40;
    private static final int REFERENCES_OFFSET = 48;
    private static final int REFERENCES_CLUSTERS_OFFSET = 56;
    private static final int SNAPSHOTS_OFFSET = 60;
    private static final long MOST_L1_ENTRIES = (32L << 20) / Long.BYTES;
    private static final long MOST_REFERENCES_ENTRIES = (8L << 20) / Long.BYTES;
    private static final long MOST_SNAPSHOTS = 1 << 16;
    private static final int SMALLEST_CLUSTER_BITS = 9;
    private static final int LARGEST_CLUSTER_BITS = 21;
    private static final int SECTOR_BYTES = 512;
    private static final long PLACE = 0x00fffffffffffe00L;
    private static final long COMPRESSED = 1L << 62;

    private final ImageBytes file;
    private final ByteBuffer header;
    private final boolean hasDataFile;
    private final ImageTables tables;
    private final int clusterBits;

    /** @param hasDataFile whether the clusters with data lie in another file */
    Qcow2Tables(ImageBytes file, ByteBuffer header, boolean hasDataFile) throws ImageFlaw {
        this.file = file;
        this.header = header;
        this.hasDataFile = hasDataFile;
        this.tables = new ImageTables(file, ByteOrder.BIG_ENDIAN);
        this.clusterBits = header.getInt(CLUSTER_BITS_OFFSET);
        ImageFlaw.require(
                clusterBits >= SMALLEST_CLUSTER_BITS && clusterBits <= LARGEST_CLUSTER_BITS,
                "is a qcow2 with clusters of 2^" + Integer.toUnsignedString(clusterBits) + " bytes");
    }

    /**
     * QEMU does not write the end of a last cluster that nobody has filled, so a cluster may end behind the file: the first
     * sector of each must be there.
     */
    void requireWhole() throws IOException, ImageFlaw {
        long clusterBytes = 1L << clusterBits;
        long entriesOfATable = clusterBytes / Long.BYTES;
        long virtualSize = header.getLong(VIRTUAL_SIZE_OFFSET);
        ImageFlaw.require(virtualSize >= 0, "is a qcow2 of an impossible size");
        long clusters = (virtualSize >>> clusterBits) + ((virtualSize & clusterBytes - 1) == 0 ? 0 : 1);
        long needed = (clusters + entriesOfATable - 1) / entriesOfATable;
        long length = Integer.toUnsignedLong(header.getInt(L1_LENGTH_OFFSET));
        ImageFlaw.require(
                length >= needed, "is a qcow2 whose table is too short for a disk of " + virtualSize + " bytes");
        ImageTables.requireAtMost(MOST_L1_ENTRIES, length, "an L1 table");
        long references = Integer.toUnsignedLong(header.getInt(REFERENCES_CLUSTERS_OFFSET)) * entriesOfATable;
        ImageTables.requireAtMost(MOST_REFERENCES_ENTRIES, references, "a table of reference counts");
        ImageTables.requireAtMost(
                MOST_SNAPSHOTS, Integer.toUnsignedLong(header.getInt(SNAPSHOTS_OFFSET)), "a table of snapshots");
        tables.ofLongs(header.getLong(L1_OFFSET), length, (index, entry) -> {
            long table = entry & PLACE;
            long entries = Math.min(entriesOfATable, clusters - index * entriesOfATable);
            if (table != 0 && entries > 0) {
                tables.ofLongs(table, entries, (inTable, cluster) -> requireHolds(cluster));
            }
        });
        tables.ofLongs(header.getLong(REFERENCES_OFFSET), references, (index, block) -> {
            if ((block & PLACE) != 0) {
                file.requireHolds(block & PLACE, SECTOR_BYTES);
            }
        });
    }

    private void requireHolds(long entry) throws ImageFlaw {
        if ((entry & COMPRESSED) != 0) {
            requireHoldsCompressed(entry);
        } else if ((entry & PLACE) != 0 && !hasDataFile) {
            file.requireHolds(entry & PLACE, SECTOR_BYTES);
        }
    }

    /** The last sector of compressed data, whose number of sectors is rounded up, may be missing in part. */
    private void requireHoldsCompressed(long entry) throws ImageFlaw {
        int placeBits = 62 - (clusterBits - 8);
        long place = entry & (1L << placeBits) - 1;
        long moreSectors = (entry & COMPRESSED - 1) >>> placeBits;
        long sector = place / SECTOR_BYTES * SECTOR_BYTES;
        file.requireHolds(sector, moreSectors * SECTOR_BYTES + 1);
    }
}

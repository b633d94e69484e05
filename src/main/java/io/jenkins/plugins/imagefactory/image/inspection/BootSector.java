package io.jenkins.plugins.imagefactory.image.inspection;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first sector of a disk with a partition table, be it of the old kind (MBR) or the one that protects a GPT. The rules
 * are those of OpenStack's format inspector.
 *
 * @see <a href="https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html">UEFI: GUID partition table format</a>
 */
record BootSector(ByteBuffer bytes) {
    private static final int BYTES = 512;
    private static final int SIGNATURE_OFFSET = 510;
    private static final short SIGNATURE = (short) 0xaa55;
    private static final int FAT_COUNT_OFFSET = 0x10;
    private static final int FAT_MEDIA_OFFSET = 0x15;
    private static final byte FIXED_DISK = (byte) 0xf8;
    private static final int FIRST_PARTITION = 446;
    private static final int PARTITION_BYTES = 16;
    private static final int PARTITIONS = 4;
    private static final byte BOOTABLE = (byte) 0x80;
    private static final byte PROTECTIVE = (byte) 0xee;
    private static final int PROTECTIVE_START_CHS = 0x000200;

    /** @param head of the disk */
    static boolean isOne(ByteBuffer head) {
        return head.limit() >= BYTES
                && head.duplicate().order(ByteOrder.LITTLE_ENDIAN).getShort(SIGNATURE_OFFSET) == SIGNATURE
                && !isFat(head);
    }

    /** A file system of the FAT family begins with a sector that ends in the same way. */
    private static boolean isFat(ByteBuffer head) {
        return head.get(FAT_COUNT_OFFSET) == 2 && head.get(FAT_MEDIA_OFFSET) == FIXED_DISK;
    }

    /** @throws ImageFlaw if the table makes no sense */
    void check() throws ImageFlaw {
        ByteBuffer table = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int used = 0;
        boolean protective = false;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int start = FIRST_PARTITION + partition * PARTITION_BYTES;
            byte flag = table.get(start);
            ImageFlaw.require(
                    flag == 0 || flag == BOOTABLE,
                    "begins with a partition table whose entry " + partition + " has an invalid boot flag");
            byte type = table.get(start + 4);
            used += type == 0 ? 0 : 1;
            if (type == PROTECTIVE) {
                protective = true;
                int startChs = (table.get(start + 1) & 0xff) << 16
                        | (table.get(start + 2) & 0xff) << 8
                        | table.get(start + 3) & 0xff;
                ImageFlaw.require(
                        partition == 0 && startChs == PROTECTIVE_START_CHS && table.getInt(start + 8) == 1,
                        "begins with a partition table whose GPT does not start where a GPT starts");
            }
        }
        ImageFlaw.require(used > 0, "begins with a partition table that has no partition");
        ImageFlaw.require(
                !protective || used == 1,
                "begins with a partition table that has partitions besides the one of its GPT");
    }
}

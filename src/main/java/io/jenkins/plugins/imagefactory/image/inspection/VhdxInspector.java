package io.jenkins.plugins.imagefactory.image.inspection;

import io.jenkins.plugins.imagefactory.image.DiskFormat;
import io.jenkins.plugins.imagefactory.image.NeededFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Microsoft's VHDX.
 *
 * @see <a href="https://learn.microsoft.com/openspecs/windows_protocols/ms-vhdx">MS-VHDX</a>
 */
final class VhdxInspector implements FormatInspector {
    private static final String MAGIC = "vhdxfile";
    private static final long REGIONS_POSITION = 192 * 1024;
    private static final int TABLE_BYTES = 64 * 1024;
    private static final int MOST_ENTRIES = 2047;
    private static final int ENTRY_BYTES = 32;
    private static final int FIRST_REGION = 16;
    private static final int FIRST_ITEM = 32;
    private static final UUID BLOCK_TABLE = UUID.fromString("2dc27766-f623-4200-9d64-115e9bfd4a08");
    private static final UUID METADATA = UUID.fromString("8b7ca206-4790-4b9a-b8fe-575f050f886e");
    private static final UUID DISK_SIZE = UUID.fromString("2fa54224-cd1b-4876-b211-5dbed83bf4b8");
    private static final UUID SECTOR_SIZE = UUID.fromString("8141bf1d-a96f-4709-ba47-f233a8faab5f");
    private static final UUID FILE_PARAMETERS = UUID.fromString("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
    private static final UUID PARENT_LOCATOR = UUID.fromString("a8d35f2d-b30b-454d-abf7-d3d84834ab0c");
    private static final int HAS_PARENT = 2;
    private static final int LOCATOR_BYTES = 64 * 1024;
    private static final int FIRST_LOCATOR = 20;
    private static final int LOCATOR_ENTRY_BYTES = 12;
    private static final int MOST_LOCATORS = 64;
    private static final int STATE_BITS = 7;
    private static final int FULLY_PRESENT = 6;
    private static final int PARTIALLY_PRESENT = 7;
    private static final long MIB = 1L << 20;
    private static final long SECTORS_OF_A_BITMAP = 1L << 23;
    private static final long LARGEST_DISK = 64L << 40;

    @Override
    public DiskFormat format() {
        return DiskFormat.VHDX;
    }

    @Override
    public boolean matches(ImageBytes file) throws IOException {
        return file.startsWith(MAGIC);
    }

    private record Place(long position, long length) {}

    @Override
    public ImageFindings inspect(ImageBytes file) throws IOException, ImageFlaw {
        Map<UUID, Place> regions = regions(file);
        Place metadata = required(regions, METADATA, "a metadata region");
        Map<UUID, Place> items = items(file, metadata.position());
        long diskBytes = number(file, items, DISK_SIZE, "the size of its disk", Long.BYTES);
        long sectorBytes = number(file, items, SECTOR_SIZE, "the size of its sectors", Integer.BYTES);
        Place parameters = required(items, FILE_PARAMETERS, "file parameters");
        ByteBuffer values = file.require(parameters.position(), 8).order(ByteOrder.LITTLE_ENDIAN);
        long blockBytes = Integer.toUnsignedLong(values.getInt(0));
        ImageFlaw.require(
                diskBytes >= 0 && diskBytes <= LARGEST_DISK,
                "is a VHDX of an impossible size, " + diskBytes + " bytes");
        ImageFlaw.require(
                (sectorBytes == 512 || sectorBytes == 4096)
                        && blockBytes >= MIB
                        && blockBytes <= 256 * MIB
                        && Long.bitCount(blockBytes) == 1,
                "is a VHDX with impossible blocks or sectors, of " + blockBytes + " and " + sectorBytes + " bytes");
        requireWhole(
                file,
                required(regions, BLOCK_TABLE, "a table of blocks"),
                diskBytes,
                blockBytes,
                SECTORS_OF_A_BITMAP * sectorBytes / blockBytes);
        boolean differencing = (values.getInt(4) & HAS_PARENT) != 0 || items.containsKey(PARENT_LOCATOR);
        return new ImageFindings(
                diskBytes,
                differencing
                        ? List.of(new NeededFile("another VHDX", parentName(file, items.get(PARENT_LOCATOR))))
                        : List.of());
    }

    private static Map<UUID, Place> regions(ImageBytes file) throws IOException, ImageFlaw {
        ByteBuffer table = file.require(REGIONS_POSITION, TABLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ImageFlaw.require(ImageBytes.startsWith(table, "regi"), "is a VHDX without a region table");
        Map<UUID, Place> regions = new HashMap<>();
        long count = Integer.toUnsignedLong(table.getInt(8));
        ImageFlaw.require(
                count <= MOST_ENTRIES, "is a VHDX with " + count + " regions, of which " + MOST_ENTRIES + " can be");
        for (int index = 0; index < count; index++) {
            int at = FIRST_REGION + index * ENTRY_BYTES;
            ImageFlaw.require(at + ENTRY_BYTES <= TABLE_BYTES, "is a VHDX whose region table is too long");
            Place place = new Place(table.getLong(at + 16), Integer.toUnsignedLong(table.getInt(at + 24)));
            ImageFlaw.require(regions.put(guid(table, at), place) == null, "is a VHDX that names a region twice");
        }
        return regions;
    }

    private static Map<UUID, Place> items(ImageBytes file, long metadata) throws IOException, ImageFlaw {
        ByteBuffer table = file.require(metadata, TABLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ImageFlaw.require(ImageBytes.startsWith(table, "metadata"), "is a VHDX without a metadata table");
        Map<UUID, Place> items = new HashMap<>();
        int count = Short.toUnsignedInt(table.getShort(10));
        ImageFlaw.require(count < MOST_ENTRIES, "is a VHDX with " + count + " items of metadata");
        for (int index = 0; index < count; index++) {
            int at = FIRST_ITEM + index * ENTRY_BYTES;
            Place place = new Place(
                    metadata + Integer.toUnsignedLong(table.getInt(at + 16)),
                    Integer.toUnsignedLong(table.getInt(at + 20)));
            ImageFlaw.require(
                    items.put(guid(table, at), place) == null, "is a VHDX that has an item of metadata twice");
        }
        return items;
    }

    private static Place required(Map<UUID, Place> places, UUID key, String name) throws ImageFlaw {
        Place place = places.get(key);
        ImageFlaw.require(place != null, "is a VHDX without " + name);
        return place;
    }

    private static long number(ImageBytes file, Map<UUID, Place> items, UUID key, String name, int bytes)
            throws IOException, ImageFlaw {
        Place place = required(items, key, name);
        ImageFlaw.require(place.length() == bytes, "is a VHDX that does not say " + name + " in " + bytes + " bytes");
        ByteBuffer value = file.require(place.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes == Long.BYTES ? value.getLong() : Integer.toUnsignedLong(value.getInt());
    }

    /** After {@code ratio} entries of blocks comes one of a bitmap, which disks without a parent do not use. */
    private static void requireWhole(ImageBytes file, Place table, long diskBytes, long blockBytes, long ratio)
            throws IOException, ImageFlaw {
        long blocks = (diskBytes + blockBytes - 1) / blockBytes;
        long entries = blocks + Math.max(0, blocks - 1) / ratio;
        ImageFlaw.require(
                entries * Long.BYTES <= table.length(), "is a VHDX whose table of blocks is too short for its disk");
        new ImageTables(file, ByteOrder.LITTLE_ENDIAN).ofLongs(table.position(), entries, (index, entry) -> {
            int state = (int) (entry & STATE_BITS);
            boolean bitmap = index % (ratio + 1) == ratio;
            if (!bitmap && (state == FULLY_PRESENT || state == PARTIALLY_PRESENT)) {
                file.requireHolds(entry >>> 20 << 20, blockBytes);
            }
        });
    }

    /** The place of the parent, of which there may be several; empty if none is told. */
    private static String parentName(ImageBytes file, Place locator) throws IOException {
        if (locator == null) {
            return "";
        }
        ByteBuffer bytes = file.read(locator.position(), LOCATOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        String name = "";
        int count = bytes.limit() < FIRST_LOCATOR ? 0 : Short.toUnsignedInt(bytes.getShort(18));
        for (int index = 0; index < Math.min(count, MOST_LOCATORS); index++) {
            int at = FIRST_LOCATOR + index * LOCATOR_ENTRY_BYTES;
            if (at + LOCATOR_ENTRY_BYTES > bytes.limit()) {
                break;
            }
            String key = text(bytes, bytes.getInt(at), Short.toUnsignedInt(bytes.getShort(at + 8)));
            String value = text(bytes, bytes.getInt(at + 4), Short.toUnsignedInt(bytes.getShort(at + 10)));
            if (key.equals("relative_path") || key.endsWith("_path") && name.isEmpty()) {
                name = value;
            }
        }
        return name;
    }

    private static String text(ByteBuffer bytes, int offset, int length) {
        boolean lies = offset < 0 || offset > bytes.limit() || length > bytes.limit() - offset;
        return lies
                ? ""
                : StandardCharsets.UTF_16LE.decode(bytes.slice(offset, length)).toString();
    }

    /** Microsoft writes the first three parts of a GUID backwards. */
    private static UUID guid(ByteBuffer littleEndian, int at) {
        long high = Integer.toUnsignedLong(littleEndian.getInt(at)) << 32
                | Short.toUnsignedLong(littleEndian.getShort(at + 4)) << 16
                | Short.toUnsignedLong(littleEndian.getShort(at + 6));
        return new UUID(high, Long.reverseBytes(littleEndian.getLong(at + 8)));
    }
}

package io.jenkins.plugins.imagefactory.image.boot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** A guest's screen as QEMU's {@code screendump} writes it. */
public final class Screen {
    private static final Pattern HEADER = Pattern.compile("^P6\\s(\\d{1,5}) (\\d{1,5})\\s255\\s");
    private static final int LONGEST_HEADER = 32;
    private static final long LARGEST = 256L << 20;
    private static final int[] RED_GREEN_BLUE = {0, 1, 2};

    private Screen() {}

    /**
     * Writes it as PNG.
     *
     * @param ppm a portable pixmap, which every QEMU writes
     * @throws IOException also if the file is none, or not whole
     */
    public static void writePng(Path ppm, Path png) throws IOException {
        if (Files.size(ppm) > LARGEST) {
            throw new IOException(ppm + " is larger than any screen");
        }
        byte[] bytes = Files.readAllBytes(ppm);
        Matcher header = HEADER.matcher(
                new String(bytes, 0, Math.min(bytes.length, LONGEST_HEADER), StandardCharsets.ISO_8859_1));
        if (!header.find()) {
            throw new IOException(ppm + " is no portable pixmap");
        }
        int width = Integer.parseInt(header.group(1));
        int height = Integer.parseInt(header.group(2));
        if (bytes.length - header.end() < 3L * width * height) {
            throw new IOException(ppm + " is not whole");
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        DataBufferByte pixels = new DataBufferByte(bytes, bytes.length - header.end(), header.end());
        image.setData(Raster.createInterleavedRaster(pixels, width, height, 3 * width, 3, RED_GREEN_BLUE, null));
        ImageIO.write(image, "png", png.toFile());
    }
}

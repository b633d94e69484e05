package io.jenkins.plugins.imagefactory.image.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenTest {
    @TempDir
    Path directory;

    @Test
    void keepsEveryPixelsColour() throws IOException {
        Path png = directory.resolve("screen.png");

        Screen.writePng(pixmap("P6\n2 1\n255\n", 255, 128, 0, 1, 2, 3), png);

        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(2);
        assertThat(image.getHeight()).isEqualTo(1);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xffff8000);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xff010203);
    }

    @Test
    void refusesAPixmapThatIsNotWhole() throws IOException {
        Path half = pixmap("P6\n2 1\n255\n", 255, 128, 0);

        assertThatThrownBy(() -> Screen.writePng(half, directory.resolve("screen.png")))
                .hasMessage(half + " is not whole");
    }

    private Path pixmap(String header, int... bytes) throws IOException {
        ByteArrayOutputStream pixmap = new ByteArrayOutputStream();
        pixmap.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        for (int octet : bytes) {
            pixmap.write(octet);
        }
        return Files.write(directory.resolve("screen.ppm"), pixmap.toByteArray());
    }
}

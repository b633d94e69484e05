package io.jenkins.plugins.imagefactory.image.inspection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTablesTest {
    /** Many small tables can be as long together as one that no reader takes. */
    @Test
    void readsNoMoreThanFourGibibytesOfAFileOfHoles(@TempDir Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(
                directory.resolve("holes"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.WRITE,
                StandardOpenOption.READ)) {
            channel.write(ByteBuffer.allocate(1), 16L << 30);
            ImageTables tables = new ImageTables(new ImageBytes(channel), ByteOrder.BIG_ENDIAN);

            assertThatThrownBy(() -> tables.ofLongs(0, (4L << 30) / Long.BYTES + 1, (index, entry) -> {
                        throw new AssertionError("it was read");
                    }))
                    .isInstanceOf(ImageFlaw.class)
                    .hasMessageContaining("longer than 4 GiB together");
        }
    }
}

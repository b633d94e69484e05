package io.jenkins.plugins.imagefactory.openstack.http;

import io.jenkins.plugins.imagefactory.workspace.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A file as the body of a request. A connection that encrypts nothing is handed the file itself ({@link FileConnection}),
 * and its bytes go from the page cache to the network; any other gets them through a buffer.
 */
public final class FileBody extends AbstractHttpEntity {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BYTES_AT_A_TIME = 1 << 20;

    private final Path file;
    private final long size;
    private final Progress progress;
    private UnreadableFileException unreadable;

    /** Hears of what is sent. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param bytes in all, so far
         * @throws IOException if no more is to be sent
         */
        void sent(long bytes) throws IOException, InterruptedException;
    }

    /** @param size bytes of the file: so many are sent, or the request fails */
    public FileBody(Path file, long size, Progress progress) {
        super(ContentType.APPLICATION_OCTET_STREAM, null);
        this.file = file;
        this.size = size;
        this.progress = progress;
    }

    /**
     * Says so if the request failed because of the file.
     *
     * @throws UnreadableFileException if it could not be read, or not to the end that it had
     */
    public void requireRead() throws UnreadableFileException {
        if (unreadable != null) {
            throw unreadable;
        }
    }

    @FunctionalInterface
    private interface Piece {
        /** Sends at most so many bytes from there on; returns how many, none at the end of the file. */
        long send(FileChannel in, long position, long most) throws IOException;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (out instanceof FileConnection.ChannelStream direct) {
            sendTo(direct.channel());
        } else {
            copyTo(out);
        }
    }

    private void copyTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        send((in, position, most) -> {
            int count = read(in, ByteBuffer.wrap(buffer, 0, (int) Math.min(most, buffer.length)), position);
            out.write(buffer, 0, Math.max(count, 0));
            return count;
        });
    }

    private void sendTo(WritableByteChannel connection) throws IOException {
        send((in, position, most) -> {
            try {
                return in.transferTo(position, most, connection);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                read(in, ByteBuffer.allocate(1), position);
                throw e;
            }
        });
    }

    private void send(Piece piece) throws IOException {
        try (FileChannel in = open()) {
            long sent = 0;
            while (sent < size) {
                long count = piece.send(in, sent, Math.min(BYTES_AT_A_TIME, size - sent));
                if (count <= 0) {
                    throw failed(new IOException("it became shorter while it was uploaded"));
                }
                sent += count;
                progress.sent(sent);
            }
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }

    private FileChannel open() throws UnreadableFileException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private int read(FileChannel in, ByteBuffer buffer, long position) throws IOException {
        try {
            return in.read(buffer, position);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** What the node does not read is no fault of the service, which hears of it as of a connection that broke off. */
    private UnreadableFileException failed(IOException e) {
        unreadable = new UnreadableFileException(file, e);
        return unreadable;
    }

    @Override
    public InputStream getContent() throws UnreadableFileException {
        return Channels.newInputStream(open());
    }

    @Override
    public long getContentLength() {
        return size;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public void close() {
        // whoever reads or sends it closes what was opened for it
    }
}

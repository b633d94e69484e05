package io.jenkins.plugins.imagefactory.openstack.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/** Lets the kernel send a {@link FileBody}, unless what is sent has to be encrypted here. */
final class FileConnection extends DefaultManagedHttpClientConnection {
    /** @param socket null if it is bound later */
    FileConnection(String id, @CheckForNull Socket socket) throws IOException {
        super(id, null, null, HttpTransport.HEAD, null, null, null, HttpTransport.ANSWERS);
        if (socket != null) {
            bind(socket);
        }
    }

    /** A body of known length goes as it is. The client wraps bodies, so that what they write to has to tell of the channel. */
    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        HttpEntity entity = request.getEntity();
        SocketChannel channel = channel();
        if (entity == null || entity.getContentLength() < 0 || channel == null) {
            super.sendRequestEntity(request);
        } else {
            flush();
            entity.writeTo(new ChannelStream(channel));
        }
    }

    /** Null if there is none that may be written to. A socket that encrypts tells of the channel beneath it, too. */
    @CheckForNull
    private SocketChannel channel() {
        Socket socket = getSocket();
        return socket == null || getSSLSession() != null ? null : socket.getChannel();
    }

    /** A stream of which whoever writes to it may take the channel. */
    static final class ChannelStream extends OutputStream {
        private final SocketChannel channel;

        ChannelStream(SocketChannel channel) {
            this.channel = channel;
        }

        SocketChannel channel() {
            return channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            for (ByteBuffer left = ByteBuffer.wrap(bytes, from, count); left.hasRemaining(); ) {
                channel.write(left);
            }
        }
    }
}

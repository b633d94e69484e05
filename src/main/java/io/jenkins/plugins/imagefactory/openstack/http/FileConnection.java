package io.jenkins.plugins.imagefactory.openstack.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;

/** Lets the kernel send a {@link FileBody}, unless what is sent has to be encrypted here. */
final class FileConnection extends DefaultManagedHttpClientConnection {
    /** @param socket null if it is bound later */
    FileConnection(String id, @CheckForNull Socket socket) throws IOException {
        super(id);
        if (socket != null) {
            bind(socket);
        }
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        SocketChannel channel = channel();
        if (channel != null && request.getEntity() instanceof FileBody body) {
            flush();
            body.writeTo(channel);
        } else {
            super.sendRequestEntity(request);
        }
    }

    /** Null if there is none that may be written to. A socket that encrypts tells of the channel beneath it, too. */
    @CheckForNull
    private SocketChannel channel() {
        Socket socket = getSocket();
        return socket == null || getSSLSession() != null ? null : socket.getChannel();
    }
}

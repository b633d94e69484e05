package io.jenkins.plugins.imagefactory.openstack.http;

import java.net.Proxy;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;

/**
 * Makes connections that send files. Their sockets have channels, which an interrupt closes: whoever uses them wants just
 * that.
 */
final class FileConnections extends PoolingHttpClientConnectionManagerBuilder {
    private static final AtomicLong COUNT = new AtomicLong();

    FileConnections() {
        setConnectionFactory(socket -> new FileConnection("file-" + COUNT.incrementAndGet(), socket));
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
        DetachedSocketFactory sockets =
                (Proxy proxy) -> proxy == null ? SocketChannel.open().socket() : new Socket(proxy);
        return new DefaultHttpClientConnectionOperator(
                sockets,
                ports,
                names,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls)
                        .build());
    }
}

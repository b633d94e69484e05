package io.jenkins.plugins.imagefactory.openstack.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.client5.http.ssl.TrustAllStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/**
 * Whose TLS certificates are believed.
 *
 * @param caCertificates PEM, one or more; believed instead of the ones that Java comes with; null for those
 * @param verify false to believe every certificate for every host
 */
public record Trust(@CheckForNull String caCertificates, boolean verify) implements Serializable {
    /** The certificate authorities that Java comes with. */
    public static final Trust JAVA = new Trust(null, true);

    /** @throws OpenStackException if the text holds no certificate */
    TlsSocketStrategy tls() throws OpenStackException {
        if (equals(JAVA)) {
            return (socket, target, port, attachment, context) ->
                    OfJava.STRATEGY.upgrade(socket, target, port, attachment, context);
        }
        try {
            return verify
                    ? new DefaultClientTlsStrategy(verifying(), new DefaultHostnameVerifier())
                    : new DefaultClientTlsStrategy(
                            SSLContextBuilder.create()
                                    .loadTrustMaterial(null, TrustAllStrategy.INSTANCE)
                                    .build(),
                            NoopHostnameVerifier.INSTANCE);
        } catch (GeneralSecurityException e) {
            throw new OpenStackException("TLS cannot be set up: " + e.getMessage());
        }
    }

    /** Read when it is first needed: they are many, and a cloud that is not spoken to by TLS needs none. */
    private static final class OfJava {
        static final TlsSocketStrategy STRATEGY = strategy();

        private static TlsSocketStrategy strategy() {
            try {
                return new DefaultClientTlsStrategy(JAVA.verifying(), new DefaultHostnameVerifier());
            } catch (GeneralSecurityException | OpenStackException e) {
                throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
            }
        }
    }

    /**
     * The certificates of a PEM text.
     *
     * @throws OpenStackException if it holds none, or one that cannot be read
     */
    public static Collection<? extends Certificate> certificates(String pem) throws OpenStackException {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (GeneralSecurityException e) {
            throw notPem();
        }
        throw notPem();
    }

    private SSLContext verifying() throws GeneralSecurityException, OpenStackException {
        SSLContext context = SSLContext.getInstance("TLS");
        String pem = caCertificates;
        KeyStore authorities = pem == null ? null : authorities(pem);
        context.init(null, new TrustManager[] {new NamedCertificates(authorities)}, null);
        return context;
    }

    private static OpenStackException notPem() {
        return new OpenStackException(
                "the CA certificate is no PEM text: it begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----");
    }

    private static KeyStore authorities(String pem) throws GeneralSecurityException, OpenStackException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }
}

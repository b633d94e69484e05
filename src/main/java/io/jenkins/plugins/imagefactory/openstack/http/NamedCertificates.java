package io.jenkins.plugins.imagefactory.openstack.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes what Java believes on the same authorities, and names the certificate that it does not believe. */
final class NamedCertificates extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager java;

    /** @param authorities null for the ones that Java comes with */
    NamedCertificates(@CheckForNull KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        for (TrustManager candidate : factory.getTrustManagers()) {
            if (candidate instanceof X509ExtendedTrustManager x509) {
                java = x509;
                return;
            }
        }
        throw new GeneralSecurityException("this Java has no trust manager for X.509 certificates");
    }

    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        naming(chain, () -> java.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        naming(chain, () -> java.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        naming(chain, () -> java.checkServerTrusted(chain, authType));
    }

    private static void naming(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            X509Certificate server = chain[0];
            throw new CertificateException(
                    "its certificate " + server.getSubjectX500Principal() + ", issued by "
                            + server.getIssuerX500Principal() + " and valid until "
                            + server.getNotAfter().toInstant() + ", is not trusted",
                    e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        java.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        java.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return java.getAcceptedIssuers();
    }
}

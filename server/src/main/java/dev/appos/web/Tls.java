package dev.appos.web;

import dev.appos.base.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// The certificate and key the server proves itself with, in a PKCS #12 file.
///
/// @param password of the file
public record Tls(Path file, String password) {

    /// How long browsers are to remember that this site is only there over TLS.
    static final String STRICT_TRANSPORT = "max-age=31536000";

    /// Opens the file.
    ///
    /// @throws Refusal if it is not there, not such a file, or has another password
    KeyStore open() {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            if (store.size() == 0) {
                throw new IOException("it holds no certificate");
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw Refusal.unavailable(
                    "The certificate " + file.getFileName() + " cannot be used: " + e.getMessage() + ".",
                    "Set server.tls.keystore to a PKCS #12 file and server.tls.password to its password.");
        }
    }

    /// What listens with it.
    ServerConnector connector(Server server, HttpConfiguration configuration) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(open());
        context.setKeyStorePassword(password);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        HttpConfiguration secure = new HttpConfiguration(configuration);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false);
        secure.addCustomizer(customizer);
        return new ServerConnector(
                server, new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(secure));
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Tls[" + file.getFileName() + "]";
    }
}

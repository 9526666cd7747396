package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of one's own, made by the JDK's tool. Whoever is given its trust store
 * trusts the certificates that it issues, and no others.
 */
public final class CertificateAuthority {

  private static final char[] PASSWORD = "password".toCharArray();
  private static final String TYPE = "PKCS12";
  private static final String CA = "ca";
  private static final String HOST = "host";

  private final Path directory;
  private final Path keys;
  private final Path trustStore;
  private final Path pem;
  private final Certificate certificate;

  private CertificateAuthority(Path directory) throws IOException, GeneralSecurityException {
    this.directory = directory;
    this.keys = directory.resolve("ca.p12");
    this.trustStore = directory.resolve("trust.p12");
    this.pem = directory.resolve("ca.pem");
    String name = "CN=" + directory.getFileName();
    keytool(keys, CA, "-genkeypair", "-keyalg", "EC", "-dname", name, "-ext", "bc=ca:true");
    keytool(keys, CA, "-exportcert", "-rfc", "-file", pem.toString());
    certificate = read(pem);
    KeyStore trusted = KeyStore.getInstance(TYPE);
    trusted.load(null, null);
    trusted.setCertificateEntry(CA, certificate);
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trusted.store(out, PASSWORD);
    }
  }

  /** Makes an authority, named after a directory of its own, where its files are. */
  public static CertificateAuthority in(Path directory)
      throws IOException, GeneralSecurityException {
    return new CertificateAuthority(Files.createDirectories(directory));
  }

  /** A PKCS12 file with the authority's certificate. */
  public Path trustStore() {
    return trustStore;
  }

  /** A PEM file with the same. */
  public Path pem() {
    return pem;
  }

  /** What opens {@link #trustStore}. */
  public String password() {
    return new String(PASSWORD);
  }

  /** TLS for a server with a certificate for a name or an IPv4 address, and for who trusts it. */
  public SSLContext certify(String host) throws IOException, GeneralSecurityException {
    Path own = directory.resolve(host + ".p12");
    String request = directory.resolve(host + ".csr").toString();
    Path issued = directory.resolve(host + ".crt");
    String name = (host.matches("[0-9.]+") ? "ip:" : "dns:") + host;
    keytool(own, HOST, "-genkeypair", "-keyalg", "EC", "-dname", "CN=test");
    keytool(own, HOST, "-certreq", "-file", request);
    keytool(
        keys, CA, "-gencert", "-infile", request, "-outfile", "" + issued, "-ext", "san=" + name);
    KeyStore store = load(own);
    Key key = store.getKey(HOST, PASSWORD);
    store.setKeyEntry(HOST, key, PASSWORD, new Certificate[] {read(issued), certificate});
    return context(store);
  }

  private SSLContext context(KeyStore server) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(server, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(trustStore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static Certificate read(Path file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void keytool(Path store, String alias, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", TYPE));
    command.addAll(List.of("-storepass", new String(PASSWORD), "-alias", alias));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IllegalStateException("keytool failed: " + output);
    }
  }
}

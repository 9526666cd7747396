package org.purgatory.sync.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes TLS clients with the JDK's TLS always, as Quarkus' own substitution does.
 *
 * <p>Netty can use OpenSSL, whose classes are not on the class path and which a native executable
 * could not be linked with. Quarkus 3.33 replaces the factory method that chooses; Netty 4.1.136
 * moved the choice into an overload with one parameter more, {@code startTls}, which Quarkus does
 * not replace yet. Remove this class, and those that it uses, when Quarkus does: the build then
 * fails and says that two substitutions conflict.
 */
@TargetClass(SslContext.class)
final class NettyClientContext {

  private NettyClientContext() {}

  @Substitute
  @SuppressWarnings("unchecked")
  static SslContext newClientContextInternal(
      SslProvider provider,
      Provider sslContextProvider,
      X509Certificate[] trustCertCollection,
      TrustManagerFactory trustManagerFactory,
      X509Certificate[] keyCertChain,
      PrivateKey key,
      String keyPassword,
      KeyManagerFactory keyManagerFactory,
      Iterable<String> ciphers,
      CipherSuiteFilter cipherFilter,
      ApplicationProtocolConfig apn,
      String[] protocols,
      long sessionCacheSize,
      long sessionTimeout,
      boolean startTls,
      boolean enableOcsp,
      SecureRandom secureRandom,
      String keyStoreType,
      String endpointIdentificationAlgorithm,
      Map.Entry<SslContextOption<?>, Object>... options)
      throws SSLException {
    if (enableOcsp) {
      throw new IllegalArgumentException("OCSP is not supported with this SslProvider");
    }
    return (SslContext)
        (Object)
            new NettyJdkClientContext(
                sslContextProvider,
                trustCertCollection,
                trustManagerFactory,
                keyCertChain,
                key,
                keyPassword,
                keyManagerFactory,
                ciphers,
                cipherFilter,
                apn,
                protocols,
                sessionCacheSize,
                sessionTimeout,
                secureRandom,
                keyStoreType,
                endpointIdentificationAlgorithm,
                new NettyResumptionController());
  }
}

/** Stands for a class of Netty's that no other package sees. */
@TargetClass(className = "io.netty.handler.ssl.ResumptionController")
final class NettyResumptionController {

  @Alias
  NettyResumptionController() {}
}

/** Stands for the constructor of Netty's that no other package sees. */
@TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
final class NettyJdkClientContext {

  @Alias
  NettyJdkClientContext(
      Provider sslContextProvider,
      X509Certificate[] trustCertCollection,
      TrustManagerFactory trustManagerFactory,
      X509Certificate[] keyCertChain,
      PrivateKey key,
      String keyPassword,
      KeyManagerFactory keyManagerFactory,
      Iterable<String> ciphers,
      CipherSuiteFilter cipherFilter,
      ApplicationProtocolConfig apn,
      String[] protocols,
      long sessionCacheSize,
      long sessionTimeout,
      SecureRandom secureRandom,
      String keyStoreType,
      String endpointIdentificationAlgorithm,
      NettyResumptionController resumptionController)
      throws SSLException {}
}

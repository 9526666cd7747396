package org.purgatory.sync.git;

import java.io.IOException;
import java.net.SocketException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections to all servers, kept open for a while after use. The client on top is the minimal
 * one: no redirects, cookies, credentials, proxies or retries, and bodies as they come.
 */
final class HttpTransport implements AutoCloseable {

  private static final TimeValue MOST_IDLE = TimeValue.ofSeconds(30);

  /** A look costs a millisecond, which the requests of one exchange need not pay. */
  private static final TimeValue LOOK_AFTER = TimeValue.ofSeconds(1);

  private final PoolingHttpClientConnectionManager pool;
  private final HttpClient client;
  private final IdleConnectionEvictor evictor;

  /**
   * Makes no connection yet.
   *
   * @param settings how long servers may take, how many exchanges run at once, and which addresses
   *     may be connected to
   * @param names knows which addresses a host has
   * @param tls decides which certificates are good; hosts are always checked
   */
  HttpTransport(GitSettings settings, DnsResolver names, SSLContext tls) {
    AddressGuard guard = new AddressGuard(names, settings.allowedNetworks());
    this.pool = pool(settings, operator(guard, tls));
    this.client = HttpClients.createMinimal(pool);
    this.evictor =
        new IdleConnectionEvictor(
            pool, DaemonThreads.named("git-idle"), MOST_IDLE.divide(2), MOST_IDLE);
    this.evictor.start();
  }

  /**
   * Sends a request. If the server closed a kept connection meanwhile, as it may, the request is
   * sent once more, on a fresh one.
   *
   * @param requests makes the request, anew for each time
   * @return to be read to its end, or its request cancelled
   */
  ClassicHttpResponse send(Supplier<HttpUriRequestBase> requests) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    try {
      return send(requests.get(), context);
    } catch (NoHttpResponseException | SocketException | SSLException e) {
      if (!wasKept(context)) {
        throw e;
      }
      // What else is kept may be as dead as this one.
      pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
      return send(requests.get(), HttpClientContext.create());
    }
  }

  private ClassicHttpResponse send(HttpUriRequestBase request, HttpClientContext context)
      throws IOException {
    try {
      return client.executeOpen(RoutingSupport.determineHost(request), request, context);
    } catch (HttpException e) {
      throw new ClientProtocolException(e);
    }
  }

  private static boolean wasKept(HttpClientContext context) {
    EndpointDetails connection = context.getEndpointDetails();
    return connection != null && connection.getResponseCount() > 0;
  }

  /** Ends all connections, used or not. */
  @Override
  public void close() {
    evictor.shutdown();
    pool.close(CloseMode.IMMEDIATE);
  }

  private static PoolingHttpClientConnectionManager pool(
      GitSettings settings, HttpClientConnectionOperator operator) {
    Timeout stall = Timeout.of(settings.stallTimeout());
    PoolingHttpClientConnectionManager pool =
        new PoolingHttpClientConnectionManager(
            operator,
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            socket -> new WaryConnection());
    // An exchange uses one at a time, so that none waits; as many again may be idle.
    pool.setDefaultMaxPerRoute(settings.maxConcurrentFetches());
    pool.setMaxTotal(2 * settings.maxConcurrentFetches());
    pool.setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(stall).build());
    pool.setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(stall).build());
    pool.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(settings.connectTimeout()))
            .setSocketTimeout(stall)
            .setValidateAfterInactivity(LOOK_AFTER)
            .build());
    return pool;
  }

  private static HttpClientConnectionOperator operator(AddressGuard guard, SSLContext tls) {
    TlsSocketStrategy strategy =
        new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.BUILTIN, null);
    return new DefaultHttpClientConnectionOperator(
        proxy -> new MeteredSocket(),
        null,
        guard,
        RegistryBuilder.<TlsSocketStrategy>create().register("https", strategy).build());
  }
}

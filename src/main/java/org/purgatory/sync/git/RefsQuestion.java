package org.purgatory.sync.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PacketLineIn;

/**
 * JGit's question which refs a server has, put off until the answer is of interest. In version 2 of
 * git's protocol it is a request of its own, which objects can be asked for without; JGit always
 * makes it.
 */
final class RefsQuestion {

  /** An answer that names no ref. */
  static final byte[] NO_REFS = "0000".getBytes(StandardCharsets.US_ASCII);

  private static final String COMMAND = "command=ls-refs";

  /** The command's line begins with its length, in four digits. */
  private static final int HEAD = 4 + COMMAND.length();

  private static final String PEELED = " peeled:";
  private static final String ERROR = "ERR ";

  private final Supplier<HttpUriRequestBase> request;

  /**
   * Keeps a question.
   *
   * @param request makes the request, anew for each time that it is sent
   */
  RefsQuestion(Supplier<HttpUriRequestBase> request) {
    this.request = request;
  }

  /** Whether this is what JGit asks for refs with, compressed or not. */
  static boolean isAskedBy(byte[] content) throws IOException {
    InputStream in = new ByteArrayInputStream(content);
    byte[] head = (isCompressed(content) ? new GZIPInputStream(in) : in).readNBytes(HEAD);
    return new String(head, StandardCharsets.US_ASCII).endsWith(COMMAND);
  }

  private static boolean isCompressed(byte[] content) {
    return content.length > 1
        && ((content[1] & 0xff) << 8 | content[0] & 0xff) == GZIPInputStream.GZIP_MAGIC;
  }

  /**
   * Asks it now. However many refs there are, only those of interest are kept.
   *
   * @param exchange has put it off
   * @param wanted the objects of interest
   */
  Advertisement ask(HttpExchange exchange, Set<ObjectId> wanted) throws IOException {
    ClassicHttpResponse response = exchange.send(request);
    if (response.getCode() != 200) {
      throw new TransportException("HTTP " + response.getCode() + " when asked for refs");
    }
    return read(plain(response, exchange.body()), wanted);
  }

  private static InputStream plain(ClassicHttpResponse response, InputStream body)
      throws IOException {
    Header encoding = response.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
    return encoding != null && encoding.getValue().contains("gzip")
        ? new GZIPInputStream(body)
        : body;
  }

  private static Advertisement read(InputStream body, Set<ObjectId> wanted) throws IOException {
    PacketLineIn lines = new PacketLineIn(body);
    Advertisement.Reader reader = new Advertisement.Reader(wanted);
    for (String line = lines.readString(); !PacketLineIn.isEnd(line); line = lines.readString()) {
      int text = Constants.OBJECT_ID_STRING_LENGTH;
      if (line.startsWith(ERROR)
          || line.length() <= text
          || !ObjectId.isId(line.substring(0, text))) {
        throw new PackProtocolException("not a ref: " + line);
      }
      reader.ref(ObjectId.fromString(line.substring(0, text)), line.substring(text + 1));
      int peeled = line.lastIndexOf(PEELED) + PEELED.length();
      if (peeled >= PEELED.length() && ObjectId.isId(line.substring(peeled))) {
        reader.names(ObjectId.fromString(line.substring(peeled)));
      }
    }
    return reader.end();
  }
}

package org.purgatory.sync.git;

import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.util.function.Consumer;

/**
 * Connects to a server. Every hop of an exchange comes through here, redirects too: whether a host
 * may be connected to at all is decided here.
 */
interface Connector {

  /**
   * Makes a connection, encrypted if the URL says https.
   *
   * @param url whose host to connect to
   * @param opened told of each socket before anything on it can block, so that another thread can
   *     close it
   * @return the connection; reads on it end after the stall timeout
   * @throws RefusedException if that host is not connected to
   * @throws IOException if the connection could not be made
   */
  Socket connect(URL url, Consumer<Socket> opened) throws IOException;
}

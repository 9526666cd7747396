package org.purgatory.sync.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Hears what a part of the program tells the log, from now on. */
public final class LogTap implements AutoCloseable {

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Handler handler = new Recorder();

  private LogTap(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(handler);
  }

  /** Listens to a class, or to a package with all below it. */
  public static LogTap on(String name) {
    return new LogTap(name);
  }

  /** The warnings so far. */
  public List<String> warnings() {
    return messages(Level.WARNING);
  }

  /** The pieces of information so far. */
  public List<String> infos() {
    return messages(Level.INFO);
  }

  /** The stack traces so far. */
  public List<Throwable> stackTraces() {
    return records.stream().map(LogRecord::getThrown).filter(thrown -> thrown != null).toList();
  }

  private List<String> messages(Level level) {
    return records.stream()
        .filter(record -> record.getLevel().intValue() == level.intValue())
        .map(new SimpleFormatter()::formatMessage)
        .toList();
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }

  private final class Recorder extends Handler {
    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}

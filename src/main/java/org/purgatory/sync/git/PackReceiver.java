package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.eclipse.jgit.util.NB;

/**
 * Writes a pack that comes from a server into a repository of ours, held to the caps of its fetch.
 * JGit's own has no hooks for them: it makes room for whatever a pack claims to hold.
 */
final class PackReceiver extends PackParser {

  private static final int INDEX_VERSION = 2;

  /** Where the number of objects is (gitformat-pack). */
  private static final int HEADER_BYTES = 12;

  private static final int COUNT_AT = 8;

  private final Path directory;
  private final ObjectDatabase objects;
  private final FetchMeter meter;
  private final PackMemory memory;
  private final CRC32 crc = new CRC32();
  private IncomingFile file;
  private byte[] hash;
  private boolean resolving;

  /**
   * Prepares to receive.
   *
   * @param directory gets the pack and its index; nobody else writes there
   * @param objects what is here already
   * @param mayCollide whether to compare what comes with what of its name is here
   * @param in the pack
   * @param meter knows the caps
   */
  PackReceiver(
      Path directory,
      ObjectDatabase objects,
      boolean mayCollide,
      InputStream in,
      FetchMeter meter) {
    super(objects, new PackStream(in, meter));
    this.directory = directory;
    this.objects = objects;
    this.meter = meter;
    this.memory = new PackMemory(meter.memory());
    setMaxObjectSizeLimit(meter.caps().objectBytes());
    setCheckObjectCollisions(mayCollide);
  }

  @Override
  public PackLock parse(ProgressMonitor ignored, ProgressMonitor ignoredToo) throws IOException {
    Path incoming = directory.resolve("incoming");
    try (IncomingFile opened = new IncomingFile(incoming)) {
      file = opened;
      super.parse(new ExchangeMonitor(meter), new Resolving());
      if (getObjectCount() == 0) {
        Files.delete(incoming);
        return null;
      }
      file.append(hash, 0, hash.length);
      String name = "pack-" + HexFormat.of().formatHex(hash);
      Path index = directory.resolve(name + ".idx");
      file.syncWhile(() -> SyncedFiles.write(index, this::writeIndex));
      Files.move(incoming, directory.resolve(name + ".pack"));
      return null;
    }
  }

  private void writeIndex(OutputStream out) throws IOException {
    BasePackIndexWriter.createVersion(out, INDEX_VERSION).write(getSortedObjectList(null), hash);
  }

  /** Looks after each delta whether the result is wanted still: JGit would after each base. */
  private final class Resolving extends ExchangeMonitor {

    Resolving() {
      super(meter);
    }

    @Override
    public void beginTask(String title, int total) {
      resolving = true;
      memory.resolve();
    }

    @Override
    public void update(int completed) {
      if (isCancelled()) {
        throw new CancelledException();
      }
    }
  }

  @Override
  protected void onPackHeader(long count) throws IOException {
    meter.announced(count);
    memory.announced(count);
  }

  @Override
  protected void onBeginWholeObject(long position, int type, long size) throws IOException {
    crc.reset();
    meter.inflated(size);
    if (type != Constants.OBJ_BLOB) {
      memory.whole(size);
    }
  }

  @Override
  protected void onEndWholeObject(PackedObjectInfo info) {
    info.setCRC((int) crc.getValue());
  }

  @Override
  protected void onBeginOfsDelta(long position, long base, long size) throws IOException {
    beginDelta(size);
    memory.delta(base);
  }

  @Override
  protected void onBeginRefDelta(long position, AnyObjectId base, long size) throws IOException {
    beginDelta(size);
    try (ObjectReader reader = objects.newReader()) {
      boolean here = reader.has(base);
      memory.delta(base, here ? reader.getObjectSize(base, ObjectReader.OBJ_ANY) : 0);
    }
  }

  private void beginDelta(long size) throws IOException {
    crc.reset();
    meter.inflated(size);
    memory.whole(size);
  }

  @Override
  protected UnresolvedDelta onEndDelta() {
    UnresolvedDelta delta = new UnresolvedDelta();
    delta.setCRC((int) crc.getValue());
    return delta;
  }

  @Override
  protected PackedObjectInfo newInfo(AnyObjectId id, UnresolvedDelta delta, ObjectId parent) {
    PackMemory.Entry entry = memory.entry(id, parent);
    if (delta != null) {
      entry.setCRC(delta.getCRC());
    }
    return entry;
  }

  @Override
  protected void onInflatedObjectData(PackedObjectInfo info, int type, byte[] data)
      throws IOException {
    if (resolving) {
      meter.inflated(data.length);
      memory.applied((PackMemory.Entry) info);
    }
  }

  @Override
  protected void onObjectHeader(Source source, byte[] raw, int position, int length) {
    crc.update(raw, position, length);
  }

  @Override
  protected void onObjectData(Source source, byte[] raw, int position, int length) {
    crc.update(raw, position, length);
  }

  @Override
  protected void onStoreStream(byte[] raw, int position, int length) throws IOException {
    file.append(raw, position, length);
  }

  @Override
  protected void onPackFooter(byte[] footer) {
    hash = footer;
  }

  @Override
  protected ObjectTypeAndSize seekDatabase(PackedObjectInfo object, ObjectTypeAndSize info)
      throws IOException {
    seek(object.getOffset(), info);
    if (resolving) {
      memory.base(info.size);
    }
    return info;
  }

  @Override
  protected ObjectTypeAndSize seekDatabase(UnresolvedDelta delta, ObjectTypeAndSize info)
      throws IOException {
    seek(delta.getOffset(), info);
    setMaxObjectSizeLimit(Math.min(meter.caps().objectBytes(), memory.apply(info.size)));
    return info;
  }

  private void seek(long position, ObjectTypeAndSize info) throws IOException {
    file.seek(position);
    crc.reset();
    readObjectHeader(info);
  }

  @Override
  protected int readDatabase(byte[] target, int position, int count) throws IOException {
    return file.read(target, position, count);
  }

  @Override
  protected boolean checkCRC(int expected) {
    return expected == (int) crc.getValue();
  }

  /** Completes the pack with an object from here that deltas in it build on. */
  @Override
  protected boolean onAppendBase(int type, byte[] data, PackedObjectInfo info) throws IOException {
    info.setOffset(file.length());
    crc.reset();
    int size = data.length;
    int head = type << 4 | size & 15;
    for (size >>>= 4; size > 0; size >>>= 7) {
      append(head | 0x80);
      head = size & 0x7f;
    }
    append(head);
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(data);
      deflater.finish();
      byte[] buffer = buffer();
      while (!deflater.finished()) {
        int length = deflater.deflate(buffer);
        crc.update(buffer, 0, length);
        file.append(buffer, 0, length);
      }
    } finally {
      deflater.end();
    }
    info.setCRC((int) crc.getValue());
    return true;
  }

  private void append(int value) throws IOException {
    crc.update(value);
    file.append(new byte[] {(byte) value}, 0, 1);
  }

  /** The pack has more objects now than it said, and another checksum. */
  @Override
  protected void onEndThinPack() throws IOException {
    byte[] count = new byte[HEADER_BYTES - COUNT_AT];
    NB.encodeInt32(count, 0, getObjectCount());
    file.replace(COUNT_AT, count);
    MessageDigest digest = Constants.newMessageDigest();
    byte[] buffer = buffer();
    file.seek(0);
    for (int n = read(buffer); n >= 0; n = read(buffer)) {
      digest.update(buffer, 0, n);
    }
    hash = digest.digest();
  }

  private int read(byte[] buffer) throws IOException {
    return file.read(buffer, 0, buffer.length);
  }
}

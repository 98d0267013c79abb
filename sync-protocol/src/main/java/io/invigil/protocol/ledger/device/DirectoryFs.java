package io.invigil.protocol.ledger.device;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the operating system; forcing is fdatasync, directories are synced as files. */
public final class DirectoryFs implements LedgerFs {
    private final Path directory;

    /** Uses the directory, making it and its parents when missing. */
    public DirectoryFs(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(path(name));
    }

    /** Not through a channel: an interrupt of the reader must not look like a failing device. */
    @Override
    public byte[] read(String name, long offset, int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path(name).toFile(), "r")) {
            int available = (int) Math.max(0, Math.min(length, file.length() - offset));
            byte[] bytes = new byte[available];
            file.seek(offset);
            int count = 0;
            while (count < available) {
                int read = file.read(bytes, count, available - count);
                if (read < 0) {
                    return Arrays.copyOf(bytes, count);
                }
                count += read;
            }
            return bytes;
        }
    }

    @Override
    public LedgerFile create(String name) throws IOException {
        return new AppendedFile(
                FileChannel.open(
                        path(name), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                0);
    }

    @Override
    public LedgerFile reopen(String name) throws IOException {
        FileChannel channel = FileChannel.open(path(name), StandardOpenOption.WRITE);
        return new AppendedFile(channel, channel.size());
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                path(from),
                path(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(path(name));
    }

    @Override
    public void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    @Override
    public String store() throws IOException {
        return Files.getFileStore(directory).name();
    }

    private Path path(String name) {
        return directory.resolve(LedgerFs.checkedName(name));
    }

    private static final class AppendedFile implements LedgerFile {
        private final FileChannel channel;
        private long length;

        AppendedFile(FileChannel channel, long length) {
            this.channel = channel;
            this.length = length;
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                length += channel.write(buffer, length);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

package io.invigil.testkit;

import io.invigil.testkit.FaultProxy.Faults;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One proxied connection: two directions, each a reader and a writer with a queue between. */
final class FaultyConnection {
    private static final int PIECE_BYTES = 4 * 1024;
    private static final int PIECES_MAX = 64;

    private final Socket client;
    private final Socket upstream;
    private final Faults faults;
    private final Runnable cutAll;
    private final Consumer<FaultyConnection> ended;
    private final AtomicInteger endedDirections = new AtomicInteger();
    private volatile boolean lostBytes;

    /** A read piece and when it may leave; an empty one is the end of the stream. */
    private record Piece(byte[] bytes, long leaveAtNanos) {}

    FaultyConnection(
            Socket client,
            Socket upstream,
            Faults faults,
            Runnable cutAll,
            Consumer<FaultyConnection> ended) {
        this.client = client;
        this.upstream = upstream;
        this.faults = faults;
        this.cutAll = cutAll;
        this.ended = ended;
    }

    void start() {
        pump(client, upstream);
        pump(upstream, client);
    }

    boolean lostBytes() {
        return lostBytes;
    }

    private void pump(Socket from, Socket to) {
        BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES_MAX);
        Thread.ofVirtual().start(() -> running(() -> read(from, pieces)));
        Thread.ofVirtual().start(() -> running(() -> write(to, pieces)));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void running(Work work) {
        try {
            work.run();
        } catch (IOException broken) {
            // one side is gone: the other one must see it too
            reset();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    private void read(Socket from, BlockingQueue<Piece> pieces)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[PIECE_BYTES];
        var in = from.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (faults.silent || lostBytes) {
                lostBytes = true;
            } else {
                long leaveAt = System.nanoTime() + faults.delay.toNanos();
                pieces.put(new Piece(Arrays.copyOf(buffer, read), leaveAt));
            }
        }
        pieces.put(new Piece(new byte[0], System.nanoTime()));
    }

    private void write(Socket to, BlockingQueue<Piece> pieces)
            throws IOException, InterruptedException {
        var out = to.getOutputStream();
        for (Piece piece = pieces.take(); piece.bytes.length > 0; piece = pieces.take()) {
            Thread.sleep(Duration.ofNanos(Math.max(0, piece.leaveAtNanos - System.nanoTime())));
            if (faults.silent || lostBytes) {
                lostBytes = true;
                continue;
            }
            long left = faults.bytesUntilCut.addAndGet(-piece.bytes.length);
            int allowed =
                    (int) Math.max(0, Math.min(piece.bytes.length, piece.bytes.length + left));
            out.write(piece.bytes, 0, allowed);
            out.flush();
            if (left <= 0) {
                cutAll.run();
                return;
            }
            long rate = faults.bytesPerSecond;
            if (rate < Long.MAX_VALUE) {
                Thread.sleep(Duration.ofNanos(1_000_000_000L * piece.bytes.length / rate));
            }
        }
        if (!lostBytes) {
            to.shutdownOutput();
            if (endedDirections.incrementAndGet() == 2) {
                client.close();
                upstream.close();
                ended.accept(this);
            }
        }
    }

    /** Ends both sides with RST, as a broken link does. */
    void reset() {
        for (Socket socket : new Socket[] {client, upstream}) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (SocketException alreadyClosed) {
                continue;
            } catch (IOException unclosable) {
                throw new IllegalStateException("a socket does not close", unclosable);
            }
        }
        ended.accept(this);
    }
}

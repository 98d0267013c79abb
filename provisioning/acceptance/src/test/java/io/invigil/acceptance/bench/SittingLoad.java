package io.invigil.acceptance.bench;

import io.invigil.site.rehearsal.KeptConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Everybody in the room writes, and their cameras take pictures, at fixed times. */
final class SittingLoad implements AutoCloseable {
    private static final int PICTURE_BYTES = 30 * 1024;
    private static final int NOT_KEPT = 507;

    private final List<BenchCandidate> people;
    private final List<KeptConnection> cameras = new ArrayList<>();
    private final Duration saveEvery;
    private final Duration pictureEvery;
    private int runs;

    /**
     * What happened in one stretch.
     *
     * @param kept pictures that the node kept
     * @param refused pictures that it refused because the disk is full
     */
    record Stretch(PacedLoad saves, PacedLoad pictures, int kept, int refused) {}

    SittingLoad(
            BenchRoom room, List<BenchCandidate> people, Duration saveEvery, Duration pictureEvery)
            throws IOException {
        this.people = people;
        this.saveEvery = saveEvery;
        this.pictureEvery = pictureEvery;
        for (BenchCandidate candidate : people) {
            cameras.add(candidate.sameVisitorAt(room.tls(), room.node().httpsPort()));
        }
    }

    /** The loopback address of one of the room's machines. */
    static InetAddress machine(int at) throws IOException {
        return InetAddress.getByAddress(
                new byte[] {127, 0, (byte) (1 + at / 250), (byte) (1 + at % 250)});
    }

    Stretch run(Duration time) throws InterruptedException {
        runs++;
        PacedLoad saves = new PacedLoad();
        PacedLoad pictures = new PacedLoad();
        AtomicInteger kept = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<PacedLoad.Person> writing = new ArrayList<>();
        List<PacedLoad.Person> looking = new ArrayList<>();
        for (int at = 0; at < people.size(); at++) {
            BenchCandidate candidate = people.get(at);
            KeptConnection camera = cameras.get(at);
            SplittableRandom noise = new SplittableRandom(runs * 1_000L + at);
            writing.add(new PacedLoad.Person(candidate::save, share(saveEvery, at), saveEvery));
            looking.add(
                    new PacedLoad.Person(
                            () -> {
                                int status = candidate.snapshot(camera, picture(noise));
                                if (status == NOT_KEPT) {
                                    refused.incrementAndGet();
                                } else if (status == 200) {
                                    kept.incrementAndGet();
                                } else {
                                    throw new IOException("picture: " + status);
                                }
                            },
                            share(pictureEvery, at),
                            pictureEvery));
        }
        List<Callable<Void>> both =
                List.of(
                        () -> {
                            saves.run(writing, time);
                            return null;
                        },
                        () -> {
                            pictures.run(looking, time);
                            return null;
                        });
        BenchRoom.together(both);
        return new Stretch(saves, pictures, kept.get(), refused.get());
    }

    /** People do not act in step: each has a place of its own in the interval. */
    private Duration share(Duration interval, int at) {
        return interval.multipliedBy(at).dividedBy(people.size());
    }

    /** As large as a camera's picture, and as hard to compress; nobody looks at it. */
    private static byte[] picture(SplittableRandom noise) {
        byte[] jpeg = new byte[PICTURE_BYTES];
        noise.nextBytes(jpeg);
        jpeg[0] = (byte) 0xff;
        jpeg[1] = (byte) 0xd8;
        jpeg[2] = (byte) 0xff;
        return jpeg;
    }

    @Override
    public void close() throws IOException {
        for (KeptConnection camera : cameras) {
            camera.close();
        }
    }
}

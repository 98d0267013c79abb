package io.invigil.appliance.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    private static final class Recorder implements Broadcast.Sink {
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public void event(String id, String name, String data) {
            heard.add(id + " " + name + " " + data);
        }

        @Override
        public void heartbeat() {
            heard.add("-");
        }

        String next() throws InterruptedException {
            return heard.poll(10, TimeUnit.SECONDS);
        }
    }

    private static Thread serve(Broadcast broadcast, Optional<String> last, Broadcast.Sink sink) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                broadcast.serve(last, event -> true, sink);
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    @Test
    void sendsEventsInOrderAndAHeartbeatInSilence() throws InterruptedException {
        Broadcast broadcast = new Broadcast("r", Duration.ofMillis(20));
        Recorder recorder = new Recorder();
        Thread thread = serve(broadcast, Optional.empty(), recorder);
        assertThat(recorder.next()).isEqualTo("-");
        assertThat(recorder.next()).as("after a silence").isEqualTo("-");
        broadcast.publish("seats", "a");
        broadcast.publish("seats", "b");
        List<String> events = new ArrayList<>();
        while (events.size() < 2) {
            String heard = recorder.next();
            if (!heard.equals("-")) {
                events.add(heard);
            }
        }
        assertThat(events).containsExactly("r.1 seats a", "r.2 seats b");
        broadcast.close();
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        assertThat(broadcast.clients()).isZero();
    }

    @Test
    void repeatsWhatWasMissedOrAsksForAReload() throws InterruptedException {
        Broadcast broadcast = new Broadcast("r");
        for (int i = 0; i < Broadcast.HISTORY_MAX + 10; i++) {
            broadcast.publish("e", "" + i);
        }
        String last = "r." + (Broadcast.HISTORY_MAX + 8);
        assertThat(first(broadcast, last)).isEqualTo("r.521 e 520");
        assertThat(first(broadcast, "r.1")).contains(Broadcast.RELOAD);
        assertThat(first(broadcast, "other.520")).contains(Broadcast.RELOAD);
        assertThat(first(broadcast, "nonsense")).contains(Broadcast.RELOAD);
        assertThat(first(broadcast, "r.99999")).contains(Broadcast.RELOAD);
        broadcast.close();
    }

    private static String first(Broadcast broadcast, String lastId) throws InterruptedException {
        Recorder recorder = new Recorder();
        serve(broadcast, Optional.of(lastId), recorder);
        recorder.next();
        return recorder.next();
    }

    @Test
    void cutsOffAClientThatDoesNotKeepUpWithoutWaitingForIt() throws InterruptedException {
        Broadcast broadcast = new Broadcast("r");
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        Broadcast.Sink slow =
                new Broadcast.Sink() {
                    @Override
                    public void event(String id, String name, String data) {
                        inside.countDown();
                        try {
                            stuck.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    }

                    @Override
                    public void heartbeat() {
                        broadcast.publish("first", "");
                    }
                };
        Thread thread = serve(broadcast, Optional.empty(), slow);
        inside.await();
        for (int i = 0; i <= Broadcast.QUEUE_MAX; i++) {
            broadcast.publish("e", "");
        }
        stuck.countDown();
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        assertThat(broadcast.clients()).isZero();
    }

    @Test
    void takesNoMoreClientsThanTheMost() throws InterruptedException {
        Broadcast broadcast = new Broadcast("r");
        List<Thread> threads = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(Broadcast.CLIENTS_MAX);
        for (int i = 0; i < Broadcast.CLIENTS_MAX; i++) {
            threads.add(serve(broadcast, Optional.empty(), new Counting(all)));
        }
        all.await();
        assertThat(broadcast.serve(Optional.empty(), event -> true, new Recorder())).isFalse();
        broadcast.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(broadcast.clients()).isZero();
    }

    private record Counting(CountDownLatch latch) implements Broadcast.Sink {
        @Override
        public void event(String id, String name, String data) {
            latch.countDown();
        }

        @Override
        public void heartbeat() {
            latch.countDown();
        }
    }
}

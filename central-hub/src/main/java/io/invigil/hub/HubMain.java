package io.invigil.hub;

import io.invigil.appliance.config.Config;
import io.invigil.appliance.config.ConfigRefused;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The hub's process: {@code HubMain [--config FILE] [--with-parent]}. Prints one line {@code READY
 * https=… mqtt=… admin=…} when it can be used, and stops cleanly on SIGTERM.
 */
public final class HubMain {
    private static final int EXIT_CONFIGURATION = 78;
    private static final int EXIT_FAILED = 1;

    private HubMain() {}

    public static void main(String[] arguments) {
        long started = System.nanoTime();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Optional<Path> file = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--config") && i + 1 < arguments.length) {
                file = Optional.of(Path.of(arguments[++i]));
            } else if (arguments[i].equals("--with-parent")) {
                // a killed Maven would leave its children behind
                ProcessHandle.current()
                        .parent()
                        .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
            } else {
                System.err.println("unknown argument " + arguments[i]);
                System.exit(EXIT_CONFIGURATION);
            }
        }
        try {
            run(file, System.getenv(), started);
        } catch (ConfigRefused | HubNotFounded refused) {
            System.err.println(refused.getMessage());
            System.exit(EXIT_CONFIGURATION);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.exit(EXIT_FAILED);
        }
    }

    private static void run(Optional<Path> file, Map<String, String> environment, long started)
            throws InterruptedException {
        HubSettings settings = Config.read(HubSettings.class, file, environment);
        HubWiring wiring = HubWiring.start(settings, environment, Clock.systemUTC());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("shutdown")
                                .unstarted(
                                        () -> {
                                            wiring.close();
                                            stopped.countDown();
                                        }));
        wiring.passwords()
                .forEach(
                        first ->
                                System.out.println(
                                        "FIRST LOGIN "
                                                + first.login()
                                                + " PASSWORD "
                                                + first.password()));
        boolean ready = wiring.awaitReady();
        long millis = (System.nanoTime() - started) / 1_000_000;
        System.out.println(
                (ready ? "READY" : "STARTED WITHOUT BROKER")
                        + " https="
                        + wiring.httpsPort()
                        + " mqtt="
                        + wiring.mqttPort()
                        + " admin="
                        + wiring.adminPort()
                        + " millis="
                        + millis);
        stopped.await();
    }
}

package io.invigil.hub;

import io.invigil.appliance.config.Default;
import io.invigil.appliance.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The hub's configuration: a YAML file and {@code INVIGIL_…} variables.
 *
 * @param dataDirectory everything this instance keeps
 * @param instance name of this hub instance, {@code [a-z0-9-]{3,32}}; different for each
 * @param zone IANA zone of pages and new plans
 * @param founding used once, when the data directory is new
 * @param messages how messages reach people; without it they wait in the outbox
 */
public record HubSettings(
        Path dataDirectory,
        @Default("main") String instance,
        @Default("Asia/Shanghai") String zone,
        Web web,
        Mqtt mqtt,
        Storage database,
        Optional<Founding> founding,
        Optional<Messages> messages) {

    /** A hub whose messages wait in the outbox. */
    public HubSettings(
            Path dataDirectory,
            String instance,
            String zone,
            Web web,
            Mqtt mqtt,
            Storage database,
            Optional<Founding> founding) {
        this(dataDirectory, instance, zone, web, mqtt, database, founding, Optional.empty());
    }

    /**
     * @param names host names and addresses under which browsers and nodes reach the hub; the first
     *     one stands in links and enrolments
     * @param adminPort health and metrics on loopback; 0 takes a free port
     * @param nodeUrl base under which nodes reach the hub when it is not its own name and port,
     *     such as behind a port forward
     */
    public record Web(
            @Default("0.0.0.0") String host,
            @Default("8443") int port,
            List<String> names,
            @Default("0") int adminPort,
            Optional<String> nodeUrl) {
        public Web {
            names = List.copyOf(names);
        }

        /** The name in links. */
        public String firstName() {
            return names.isEmpty() ? "localhost" : names.getFirst();
        }
    }

    /**
     * @param external URI of an MQTT 5 broker instead of the embedded one, {@code
     *     ssl://broker:8883}; it must trust the realm's CA and know the hub by its certificate
     * @param nodeUrl URI under which nodes reach the broker when it is not the hub's own
     * @param workers connections over which this instance takes bundles; each has its shards
     * @param mosquitto directory into which configuration, access list, keys and revocation list
     *     for Mosquitto are written
     */
    public record Mqtt(
            @Default("0.0.0.0") String host,
            @Default("8883") int port,
            Optional<URI> external,
            Optional<URI> nodeUrl,
            @Default("4") int workers,
            Optional<Path> mosquitto) {}

    /** Without a URL: embedded Derby in the data directory. */
    public record Storage(Optional<String> url, Optional<String> user, Optional<Secret> password) {}

    /**
     * What a new hub starts with.
     *
     * @param rootKeyFile where the root keys are written; people take the file off the machine
     * @param bodyCode code of the certification body, {@code [A-Z0-9]{2,20}}
     * @param staff first accounts of the body; passwords not given are random and shown once
     */
    public record Founding(
            @Default("invigil") String realm,
            Optional<Path> rootKeyFile,
            @Default("培训评价组织") String bodyName,
            @Default("BODY") String bodyCode,
            List<FirstStaff> staff) {
        public Founding {
            staff = List.copyOf(staff);
        }
    }

    /** One of the first accounts. */
    public record FirstStaff(String login, String name, Optional<Secret> password) {}

    /** Carriers of messages; a channel without one waits. */
    public record Messages(Optional<Mail> mail, Optional<Sms> sms) {}

    /**
     * @param startTls demanded of the server; only switched off for one on the same machine
     * @param from address of the sender
     */
    public record Mail(
            String host,
            @Default("587") int port,
            @Default("true") boolean startTls,
            String from,
            Optional<String> user,
            Optional<Secret> password) {}

    /**
     * @param gateway takes {@code POST} of id, to and text as JSON
     * @param token sent as bearer
     */
    public record Sms(URI gateway, Secret token) {}
}

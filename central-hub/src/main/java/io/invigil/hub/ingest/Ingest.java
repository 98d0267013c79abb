package io.invigil.hub.ingest;

import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.db.Database;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.hub.HubDirectory;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubSettings;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.receipt.LaneKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;

/**
 * All workers of this hub instance. The sixteen shards are dealt out to the workers, so the
 * messages of one node are decided by one of them; other instances share by the broker's group.
 */
public final class Ingest implements AutoCloseable {
    private static final String SHARDS = "0123456789abcdef";
    public static final int WORKERS_MAX = SHARDS.length();

    private final Parts parts;
    private final List<IngestWorker> workers = new ArrayList<>();

    /**
     * What ingest stands on.
     *
     * @param instance name of this hub instance, in its MQTT client ids
     * @param hub name of the hub in receipts, the same for all instances
     * @param receiptKey signs receipts
     * @param receiptKeys current and old ones, to recognise the hub's own receipts
     * @param sealKeys open bundles and chunks
     * @param staging directory for blobs on their way
     */
    public record Parts(
            Database database,
            TenantId tenant,
            Realm realm,
            String instance,
            String hub,
            SigningKey receiptKey,
            List<VerifyKey> receiptKeys,
            List<SealKey> sealKeys,
            HubDirectory directory,
            BlobStore blobs,
            Path staging,
            IngestListener listener,
            Clock clock,
            Entropy entropy) {
        public Parts {
            receiptKeys = List.copyOf(receiptKeys);
            sealKeys = List.copyOf(sealKeys);
        }
    }

    /** Where the broker is. */
    public record Broker(String uri, Optional<SSLContext> tls, int workers) {
        public Broker {
            if (workers < 1 || workers > WORKERS_MAX) {
                throw new IllegalArgumentException("1 to " + WORKERS_MAX + " workers");
            }
        }
    }

    public Ingest(Parts parts) {
        this.parts = parts;
    }

    /** Starts the workers; they connect by themselves and again whenever the broker is lost. */
    public void start(MqttConnector connector, Broker broker) {
        for (int i = 0; i < broker.workers(); i++) {
            BatchHubStore store =
                    new BatchHubStore(
                            parts.database(), parts.tenant(), parts.clock(), parts.entropy());
            List<String> filters = new ArrayList<>();
            for (int shard = i; shard < SHARDS.length(); shard += broker.workers()) {
                filters.addAll(List.of(Topics.hubFilters(parts.realm(), SHARDS.charAt(shard))));
            }
            MqttEndpoint endpoint =
                    MqttEndpoint.hub(
                            broker.uri(),
                            "hub:" + parts.instance() + ":" + i,
                            broker.tls(),
                            filters);
            workers.add(
                    new IngestWorker(
                            "ingest-" + i,
                            parts.realm(),
                            connector,
                            endpoint,
                            store,
                            () -> new HubSync(settings(store)),
                            parts.listener(),
                            parts.clock(),
                            new SplittableRandom()));
        }
        workers.forEach(IngestWorker::start);
    }

    /** What a state machine of this hub works with; also for carriers other than MQTT. */
    public HubSettings settings(HubStore store) {
        return new HubSettings(
                parts.realm(),
                parts.hub(),
                parts.receiptKey(),
                this::ownKey,
                BundleSeal.Hpke.with(parts.sealKeys()),
                parts.sealKeys(),
                parts.directory(),
                store,
                new BlobStaging(parts.staging(), parts.blobs()),
                parts.entropy());
    }

    private Optional<VerifyKey> ownKey(Digest keyId) {
        return parts.receiptKeys().stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }

    /** Whether every worker has the broker. */
    public boolean connected() {
        return !workers.isEmpty() && workers.stream().allMatch(IngestWorker::connected);
    }

    /**
     * Sends a command to a node.
     *
     * @return false when it cannot be sent now: no broker, or too much waits
     */
    public boolean command(NodeId node, byte[] bytes) {
        if (workers.isEmpty()) {
            return false;
        }
        IngestWorker worker = worker(node);
        return worker.connected()
                && worker.send(new HubEffect.Send(node, Topics.DownKind.COMMAND, bytes));
    }

    /**
     * Says that a verified backup holds these records; receipts of grade R2 follow as soon as the
     * broker is there.
     *
     * @return false when too much waits: the next backup covers them too
     */
    public boolean covered(List<LaneAudit.Head> heads) {
        if (workers.isEmpty()) {
            return false;
        }
        Map<NodeId, Map<LaneKey, Long>> nodes = new LinkedHashMap<>();
        for (LaneAudit.Head head : heads) {
            nodes.computeIfAbsent(head.node(), node -> new LinkedHashMap<>())
                    .put(head.lane(), head.seq());
        }
        boolean all = true;
        for (Map.Entry<NodeId, Map<LaneKey, Long>> node : nodes.entrySet()) {
            all &= worker(node.getKey()).tell(new HubInput.Covered(node.getKey(), node.getValue()));
        }
        return all;
    }

    private IngestWorker worker(NodeId node) {
        int shard = Character.digit(Topics.shard(node).charAt(0), 16);
        return workers.get(shard % workers.size());
    }

    @Override
    public void close() {
        workers.forEach(IngestWorker::close);
    }
}

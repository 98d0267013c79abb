package io.invigil.hub.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustVerdict;
import io.invigil.protocol.trust.TrustWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trust roots that follow the first (XSP/1 section 8; fault row 56). */
class RealmRenewalTest {
    private static final Realm REALM = new Realm("test");

    @TempDir Path directory;
    private final SecureRandom random = new SecureRandom();
    private KeyFile keys;
    private RealmKeys first;
    private Path rootKey;

    @BeforeEach
    void found() throws IOException {
        Path place = Files.createDirectories(directory.resolve("keys"));
        keys = new KeyFile(place, DataKey.of(new byte[DataKey.BYTES]), random::nextBytes);
        rootKey = directory.resolve("root-1.json");
        first = new RealmFounding(keys, Clock.systemUTC(), random).found(REALM, rootKey);
    }

    private RealmRenewal.Outcome next(Path key, Set<TrustRole> roles, Optional<Path> newKey) {
        return new RealmRenewal(keys, Clock.systemUTC(), random).next(key, roles, newKey);
    }

    private RealmKeys renewed(Path key, Set<TrustRole> roles, Optional<Path> newKey) {
        RealmRenewal.Outcome outcome = next(key, roles, newKey);
        assertThat(outcome).isInstanceOf(RealmRenewal.Outcome.Renewed.class);
        return ((RealmRenewal.Outcome.Renewed) outcome).realm();
    }

    @Test
    void fault56ANodeThatMissedThreeRootsWalksThemAndNoneMayBeLeftOut() {
        Path second = directory.resolve("root-2.json");
        renewed(rootKey, Set.of(TrustRole.RECEIPT), Optional.empty());
        renewed(rootKey, Set.of(TrustRole.MANIFEST), Optional.of(second));
        RealmKeys newest =
                renewed(second, Set.of(TrustRole.SEAL, TrustRole.CERTIFICATE), Optional.empty());
        assertThat(newest.trust().version()).isEqualTo(4);
        assertThat(TrustWalk.walk(first.trust(), newest.trustRoots()))
                .isEqualTo(new TrustVerdict.Trusted(newest.trust(), true));
        for (int left = 1; left < 4; left++) {
            List<byte[]> gap = new ArrayList<>(newest.trustRoots());
            gap.remove(left);
            boolean last = left == 3;
            assertThat(TrustWalk.walk(first.trust(), gap) instanceof TrustVerdict.Trusted)
                    .as("without version %d", left + 1)
                    .isEqualTo(last);
        }
    }

    @Test
    void newKeysComeFirstAndWhatCameBeforeStillHolds() {
        SealPublicKey oldSeal = first.trust().sealKeys(TrustRole.SEAL).getFirst();
        Sealed sealed = oldSeal.seal("i", new byte[0], new byte[] {7}, random::nextBytes);
        RealmKeys now =
                renewed(
                        rootKey,
                        Set.of(TrustRole.RECEIPT, TrustRole.SEAL, TrustRole.RECOVERY),
                        Optional.empty());
        assertThat(now.receipt().verifyKey()).isNotEqualTo(first.receipt().verifyKey());
        assertThat(now.trust().verifyKeys(TrustRole.RECEIPT))
                .containsExactly(now.receipt().verifyKey(), first.receipt().verifyKey());
        assertThat(now.manifest().verifyKey()).isEqualTo(first.manifest().verifyKey());
        assertThat(now.seal()).hasSize(2);
        assertThat(now.seal().getFirst().publicKey()).isNotEqualTo(oldSeal);
        assertThat(now.seal().get(1).open("i", new byte[0], sealed)).hasValue(new byte[] {7});
        assertThat(now.recovery()).hasSize(2);
        RealmKeys loaded = RealmKeys.load(keys, Clock.systemUTC(), random).orElseThrow();
        assertThat(loaded.trust()).isEqualTo(now.trust());
        assertThat(loaded.receipt().verifyKey()).isEqualTo(now.receipt().verifyKey());
    }

    @Test
    void aRunThatWasCutOffBeforeThePublicPartHasChangedNothing() {
        byte[] before = keys.load(RealmKeys.PUBLIC).orElseThrow();
        renewed(rootKey, Set.of(TrustRole.values()), Optional.empty());
        keys.store(RealmKeys.PUBLIC, before);
        RealmKeys loaded = RealmKeys.load(keys, Clock.systemUTC(), random).orElseThrow();
        assertThat(loaded.trust()).isEqualTo(first.trust());
        assertThat(loaded.receipt().verifyKey()).isEqualTo(first.receipt().verifyKey());
        assertThat(loaded.seal().getFirst().publicKey())
                .isEqualTo(first.seal().getFirst().publicKey());
        assertThat(renewed(rootKey, Set.of(TrustRole.RECEIPT), Optional.empty()).trust().version())
                .isEqualTo(2);
    }

    @Test
    void refusesWithoutTheRootKeyInForce() throws IOException {
        Path second = directory.resolve("root-2.json");
        renewed(rootKey, Set.of(), Optional.of(second));
        Path other = directory.resolve("other.json");
        Path otherKeys = Files.createDirectories(directory.resolve("other"));
        new RealmFounding(
                        new KeyFile(
                                otherKeys, DataKey.of(new byte[DataKey.BYTES]), random::nextBytes),
                        Clock.systemUTC(),
                        random)
                .found(REALM, other);
        Path text = Files.writeString(directory.resolve("text"), "no key");
        for (Path wrong : List.of(rootKey, other)) {
            assertThat(next(wrong, Set.of(TrustRole.SEAL), Optional.empty()))
                    .isEqualTo(refused(RealmRenewal.Refusal.ROOT_KEY_NOT_IN_FORCE));
        }
        for (Path wrong : List.of(text, directory.resolve("missing"), directory)) {
            assertThat(next(wrong, Set.of(TrustRole.SEAL), Optional.empty()))
                    .isEqualTo(refused(RealmRenewal.Refusal.ROOT_KEY_FILE_UNREADABLE));
        }
        assertThat(next(second, Set.of(), Optional.empty()))
                .isEqualTo(refused(RealmRenewal.Refusal.ROOT_UNCHANGED));
        assertThat(next(second, Set.of(), Optional.of(other)))
                .isEqualTo(refused(RealmRenewal.Refusal.NEW_ROOT_KEY_FILE_EXISTS));
        assertThat(RealmKeys.load(keys, Clock.systemUTC(), random).orElseThrow().trust().version())
                .isEqualTo(2);
    }

    private static RealmRenewal.Outcome refused(RealmRenewal.Refusal code) {
        return new RealmRenewal.Outcome.Refused(code);
    }
}

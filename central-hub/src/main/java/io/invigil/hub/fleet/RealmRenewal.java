package io.invigil.hub.fleet;

import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The next trust root of a realm: new keys for some roles, a new root key if wanted, signed by the
 * root key of before and its own, so that nodes walk to it (XSP/1 section 8, fault row 56). Earlier
 * keys stay in it behind the new ones, so what was signed or sealed before still opens. The private
 * keys are stored first and the public part last: a run that was cut off has changed nothing.
 */
public final class RealmRenewal {
    private static final int FILE_BYTES_MAX = 64 * 1024;
    private static final int NAME_CHARS = 16;

    private final KeyFile keys;
    private final Clock clock;
    private final SecureRandom random;

    public RealmRenewal(KeyFile keys, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /** What came of it. */
    public sealed interface Outcome {
        record Renewed(RealmKeys realm) implements Outcome {}

        record Refused(Refusal code) implements Outcome {}
    }

    /** Why no root follows. */
    public enum Refusal {
        REALM_NOT_FOUNDED,
        ROOT_KEY_FILE_UNREADABLE,
        /** The file belongs to another realm, or to an earlier root key of this one. */
        ROOT_KEY_NOT_IN_FORCE,
        /** Neither a role nor the root key would change. */
        ROOT_UNCHANGED,
        NEW_ROOT_KEY_FILE_EXISTS
    }

    /**
     * Makes and stores the next root. The hub must not run meanwhile.
     *
     * @param rootKeyFile as written at the founding, or by an earlier renewal
     * @param roles those that get a new key
     * @param newRootKeyFile where a new root key is written; without it the root key stays
     */
    public Outcome next(Path rootKeyFile, Set<TrustRole> roles, Optional<Path> newRootKeyFile) {
        Optional<RealmKeys> held = RealmKeys.load(keys, clock, random);
        if (held.isEmpty()) {
            return refused(Refusal.REALM_NOT_FOUNDED);
        }
        if (roles.isEmpty() && newRootKeyFile.isEmpty()) {
            return refused(Refusal.ROOT_UNCHANGED);
        }
        if (newRootKeyFile.filter(Files::exists).isPresent()) {
            return refused(Refusal.NEW_ROOT_KEY_FILE_EXISTS);
        }
        Optional<RealmFounding.RootKeyFile> file = read(rootKeyFile);
        Optional<SigningKey> root = file.flatMap(RealmRenewal::signing);
        if (root.isEmpty()) {
            return refused(Refusal.ROOT_KEY_FILE_UNREADABLE);
        }
        TrustRoot before = held.get().trust();
        boolean inForce =
                file.get().realm().equals(before.realm())
                        && root.get().verifyKey().equals(before.rootVerifyKey());
        return inForce
                ? renew(held.get(), file.get(), root.get(), roles, newRootKeyFile)
                : refused(Refusal.ROOT_KEY_NOT_IN_FORCE);
    }

    private Outcome renew(
            RealmKeys held,
            RealmFounding.RootKeyFile file,
            SigningKey root,
            Set<TrustRole> roles,
            Optional<Path> newRootKeyFile) {
        Entropy entropy = random::nextBytes;
        SigningKey own = newRootKeyFile.isPresent() ? SigningKey.generate(entropy) : root;
        newRootKeyFile.ifPresent(
                place ->
                        PrivateFiles.write(
                                place,
                                Json.write(
                                        new RealmFounding.RootKeyFile(
                                                file.realm(),
                                                HexFormat.of().formatHex(own.seed()),
                                                file.tlsRootKeyPem()))));
        Map<TrustRole, List<String>> all = new EnumMap<>(held.trust().keys());
        for (TrustRole role : roles) {
            String fresh = role.signs() ? freshSigning(role, entropy) : freshSeal(role, entropy);
            List<String> ofRole = new ArrayList<>(List.of(fresh));
            held.trust().keys().get(role).stream()
                    .limit(TrustRoot.KEYS_PER_ROLE_MAX - 1L)
                    .forEach(ofRole::add);
            all.put(role, ofRole);
        }
        TrustRoot next =
                TrustRoot.issue(
                        held.realm(),
                        held.trust().version() + 1,
                        clock.instant(),
                        own.verifyKey(),
                        all,
                        held.trust().caDer());
        List<byte[]> roots = new ArrayList<>(held.trustRoots());
        roots.add(next.sign(root, own));
        keys.store(RealmKeys.PUBLIC, RealmKeys.publicPart(held.realm(), held.authority(), roots));
        return new Outcome.Renewed(RealmKeys.load(keys, clock, random).orElseThrow());
    }

    private String freshSigning(TrustRole role, Entropy entropy) {
        SigningKey key = SigningKey.generate(entropy);
        String hex = key.verifyKey().hex();
        keys.store(RealmKeys.signingName(role, hex), key.seed());
        return hex;
    }

    private String freshSeal(TrustRole role, Entropy entropy) {
        SealKey key = SealKey.generate(entropy);
        String hex = key.publicKey().hex();
        String prefix = role == TrustRole.SEAL ? RealmKeys.SEAL : RealmKeys.RECOVERY;
        keys.store(prefix + hex.substring(0, NAME_CHARS), key.bytes());
        return hex;
    }

    private static Optional<RealmFounding.RootKeyFile> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX
                    ? Json.read(Files.readAllBytes(file), RealmFounding.RootKeyFile.class)
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private static Optional<SigningKey> signing(RealmFounding.RootKeyFile file) {
        try {
            return Optional.of(SigningKey.ofSeed(HexFormat.of().parseHex(file.signingSeedHex())));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Outcome refused(Refusal code) {
        return new Outcome.Refused(code);
    }
}

package io.invigil.hub;

import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.fleet.RealmFounding;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.Realm;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens once in the life of a hub: its realm, its tenant, the first staff. */
final class HubFounding {
    /** The first people do the daily work and make the other accounts. */
    private static final Set<String> FIRST_ROLES =
            Set.of(StaffRole.BODY_STAFF.code(), StaffRole.BODY_ADMIN.code());

    private static final System.Logger LOG = System.getLogger(HubFounding.class.getName());

    private final Clock clock;
    private final SecureRandom random;

    HubFounding(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * The keys of this hub, made when there are none.
     *
     * @param fallback where the root keys go when the settings name no place
     * @throws HubNotFounded when there are neither keys nor settings to make them
     */
    RealmKeys keys(KeyFile keys, Optional<HubSettings.Founding> settings, Path fallback) {
        Optional<RealmKeys> held = RealmKeys.load(keys, clock, random);
        if (held.isPresent()) {
            return held.get();
        }
        HubSettings.Founding founding = settings.orElseThrow(HubNotFounded::new);
        Path rootKeyFile = founding.rootKeyFile().orElse(fallback);
        RealmKeys made =
                new RealmFounding(keys, clock, random)
                        .found(new Realm(founding.realm()), rootKeyFile);
        LOG.log(
                System.Logger.Level.WARNING,
                "realm " + made.realm() + " founded: take " + rootKeyFile + " off this machine");
        return made;
    }

    /** A first password that was made up; shown once. */
    record ShownOnce(String login, String password) {
        @Override
        public String toString() {
            return "ShownOnce[" + login + "]";
        }
    }

    /**
     * Makes tenant, body and first accounts unless they are there.
     *
     * @return passwords that nobody knows yet
     */
    List<ShownOnce> people(
            Database database,
            TenantId tenant,
            StaffAccounts accounts,
            HubSettings.Founding founding) {
        Organisations organisations = new Organisations();
        List<ShownOnce> shown = new ArrayList<>();
        Optional<Organisation> body =
                database.inTransaction(
                        tx -> {
                            organisations.addTenant(tx, tenant, founding.bodyName());
                            return accounts.count(tx, tenant.value()) > 0
                                    ? Optional.empty()
                                    : Optional.of(body(tx, tenant, organisations, founding));
                        });
        if (body.isEmpty()) {
            return shown;
        }
        for (HubSettings.FirstStaff staff : founding.staff()) {
            StaffAccounts.InitialPassword made = accounts.newPassword();
            NewAccount account =
                    new NewAccount(
                            staff.login(),
                            staff.name(),
                            FIRST_ROLES,
                            Optional.of(body.get().id().value()));
            StaffAccounts.Creation creation =
                    database.inTransaction(
                            tx -> accounts.create(tx, tenant.value(), account, made));
            if (!(creation instanceof StaffAccounts.Creation.Created created)) {
                throw new IllegalArgumentException(
                        "the account " + staff.login() + " is malformed");
            }
            if (staff.password().isPresent()) {
                Entropy entropy = random::nextBytes;
                String hash = PasswordHash.of(staff.password().get().reveal(), entropy);
                accounts.changePassword(tenant.value(), created.id(), hash, clock.instant());
            } else {
                shown.add(new ShownOnce(staff.login(), made.password().reveal()));
            }
        }
        return shown;
    }

    private static Organisation body(
            Tx tx, TenantId tenant, Organisations organisations, HubSettings.Founding founding) {
        return organisations
                .findByCode(tx, tenant, founding.bodyCode())
                .orElseGet(
                        () ->
                                organisations.add(
                                        tx,
                                        tenant,
                                        OrganisationKind.BODY,
                                        founding.bodyCode(),
                                        founding.bodyName(),
                                        ""));
    }
}

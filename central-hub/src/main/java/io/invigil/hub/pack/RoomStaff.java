package io.invigil.hub.pack;

import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Accounts of proctors and technicians of a site. They travel in the roster, hashed, and are good
 * on the site's nodes only. A password is random, shown once and can be set anew.
 */
public final class RoomStaff {
    public static final int ACCOUNTS_PER_SITE_MAX = 200;
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,62}");
    private static final int PASSWORD_CHARS = 10;

    /** No letters or digits that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private final TenantId tenant;
    private final Sites sites;
    private final Entropy entropy;
    private final AssignedStaff assigned;
    private final RoomStaffStore store = new RoomStaffStore();
    private final Audit audit = new Audit();

    public RoomStaff(TenantId tenant, Sites sites, Entropy entropy) {
        this(tenant, sites, entropy, AssignedStaff.none());
    }

    /**
     * @param assigned people with accounts of their own
     */
    public RoomStaff(TenantId tenant, Sites sites, Entropy entropy, AssignedStaff assigned) {
        this.assigned = assigned;
        this.tenant = tenant;
        this.sites = sites;
        this.entropy = entropy;
    }

    /** What an account may do in the room. */
    public enum Role {
        PROCTOR,
        TECHNICIAN
    }

    /** An account as lists show it. */
    public record Account(SiteId site, String login, String name, Role role, boolean disabled) {}

    /** What came of making an account or a new password. */
    public sealed interface Outcome {
        /** The password is shown once and kept nowhere. */
        record Made(Account account, String password) implements Outcome {
            @Override
            public String toString() {
                return "Made[" + account.login() + "]";
            }
        }

        record Refused(Refusal reason) implements Outcome {}
    }

    /** Why not; the name is the message key. */
    public enum Refusal {
        ROOM_STAFF_FORBIDDEN,
        ROOM_STAFF_LOGIN,
        ROOM_STAFF_NAME,
        ROOM_STAFF_LOGIN_TAKEN,
        ROOM_STAFF_TOO_MANY
    }

    /** Makes an account with a random password. */
    public Outcome add(Tx tx, StaffScope scope, SiteId site, String login, String name, Role role) {
        return add(tx, scope, site, login, name, role, newPassword());
    }

    /** Makes an account with a password given, such as for a rehearsal with known logins. */
    public Outcome add(
            Tx tx,
            StaffScope scope,
            SiteId site,
            String login,
            String name,
            Role role,
            String password) {
        if (!mayChange(tx, scope, site)) {
            return new Outcome.Refused(Refusal.ROOM_STAFF_FORBIDDEN);
        }
        if (!LOGIN.matcher(login).matches()) {
            return new Outcome.Refused(Refusal.ROOM_STAFF_LOGIN);
        }
        if (name.isBlank() || name.length() > 100) {
            return new Outcome.Refused(Refusal.ROOM_STAFF_NAME);
        }
        if (find(tx, login).isPresent()) {
            return new Outcome.Refused(Refusal.ROOM_STAFF_LOGIN_TAKEN);
        }
        if (accounts(tx, site).size() >= ACCOUNTS_PER_SITE_MAX) {
            return new Outcome.Refused(Refusal.ROOM_STAFF_TOO_MANY);
        }
        Account account = new Account(site, login, name.strip(), role, false);
        store.add(tx, tenant, account, PasswordHash.of(password, entropy));
        audit.created(tx, scope.actor(), "room-staff", login, account);
        return new Outcome.Made(account, password);
    }

    /** Gives an account a new random password. */
    public Outcome newPassword(Tx tx, StaffScope scope, String login) {
        Optional<Account> account = find(tx, login).filter(a -> mayChange(tx, scope, a.site()));
        if (account.isEmpty()) {
            return new Outcome.Refused(Refusal.ROOM_STAFF_FORBIDDEN);
        }
        String password = newPassword();
        store.password(tx, tenant, login, PasswordHash.of(password, entropy));
        audit.created(tx, scope.actor(), "room-staff", login, Map.of("password", "anew"));
        return new Outcome.Made(account.get(), password);
    }

    /** Takes an account out of the next version of the packages, or back in. */
    public boolean disable(Tx tx, StaffScope scope, String login, boolean disabled) {
        Optional<Account> account = find(tx, login).filter(a -> mayChange(tx, scope, a.site()));
        if (account.isEmpty() || !store.disable(tx, tenant, login, disabled)) {
            return false;
        }
        audit.changed(
                tx,
                scope.actor(),
                "room-staff",
                login,
                Map.of("disabled", account.get().disabled()),
                Map.of("disabled", disabled));
        return true;
    }

    public List<Account> accounts(Tx tx, SiteId site) {
        return store.ofSite(tx, tenant, site);
    }

    /** The site's accounts, then those of people assigned to the rooms; no login twice. */
    List<Roster.Staff> ofRooms(Tx tx, SiteId site, SlotId slot, List<RoomId> rooms) {
        List<Roster.Staff> all = new ArrayList<>(store.inForce(tx, tenant, site));
        Set<String> logins = all.stream().map(Roster.Staff::login).collect(Collectors.toSet());
        assigned.of(tx, tenant, slot, rooms).stream()
                .filter(one -> logins.add(one.login()))
                .forEach(all::add);
        return all;
    }

    private Optional<Account> find(Tx tx, String login) {
        return store.find(tx, tenant, login);
    }

    private boolean mayChange(Tx tx, StaffScope scope, SiteId site) {
        Optional<Site> found = sites.findVisible(tx, scope, site);
        return found.isPresent()
                && (scope.role() == StaffRole.BODY_STAFF || scope.mayChange(found.get().school()));
    }

    private String newPassword() {
        StringBuilder password = new StringBuilder();
        while (password.length() < PASSWORD_CHARS) {
            int value = entropy.bytes(1)[0] & 0xff;
            // beyond the last whole multiple some letters would be likelier
            if (value < 256 - 256 % ALPHABET.length()) {
                password.append(ALPHABET.charAt(value % ALPHABET.length()));
            }
        }
        return password.toString();
    }
}

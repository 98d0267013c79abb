package io.invigil.appliance.account;

/** What came of a login. */
public sealed interface LoginOutcome {
    record Welcome(StaffAccount account) implements LoginOutcome {}

    record Refused(Reason reason) implements LoginOutcome {}

    enum Reason {
        /** Unknown login or wrong password: the same answer for both. */
        LOGIN_WRONG,
        /** Right password, but the account is locked until somebody unlocks it. */
        LOGIN_LOCKED,
        LOGIN_DISABLED,
        /** Too many attempts; nothing was checked. */
        LOGIN_THROTTLED
    }
}

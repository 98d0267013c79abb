/**
 * Staff accounts: who may work here, with which roles; login, password change, own sessions.
 *
 * <p>A hub keeps accounts in the database ({@link io.invigil.appliance.account.StaffAccounts}); a
 * node knows those of the roster ({@link io.invigil.appliance.account.RosterStaff}). Both log in
 * through {@link io.invigil.appliance.account.Logins}, which throttles before it hashes: an
 * Argon2id hash costs 55 ms, and a hundred thousand wrong passwords must not stop the room.
 *
 * <p>States of an account: open; locked after too many wrong passwords until somebody unlocks it;
 * disabled. A password set by somebody else must be changed at the next login.
 */
package io.invigil.appliance.account;

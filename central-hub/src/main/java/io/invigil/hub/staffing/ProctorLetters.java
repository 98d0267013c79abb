package io.invigil.hub.staffing;

import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffScope;

/** Accounts of proctors, with the message in the visitor's language. Thread-safe. */
final class ProctorLetters {
    private final StaffDesk desk;
    private final ProctorAccounts accounts;

    ProctorLetters(StaffDesk desk, ProctorAccounts accounts) {
        this.desk = desk;
        this.accounts = accounts;
    }

    /** The account of somebody who was certified; the password is hashed before the transaction. */
    void open(Visit visit, StaffScope scope, Proctor proctor) {
        if (desk.inTransaction(tx -> accounts.isDue(tx, proctor))) {
            InitialPassword password = accounts.newPassword();
            desk.inTransaction(tx -> accounts.open(tx, scope, proctor, password, letter(visit)));
        }
    }

    static ProctorAccounts.Letter letter(Visit visit) {
        return new ProctorAccounts.Letter() {
            @Override
            public String subject() {
                return visit.text("staffing.letter.subject");
            }

            @Override
            public String text(String login, String password) {
                return visit.text("staffing.letter.text", login, password);
            }
        };
    }
}

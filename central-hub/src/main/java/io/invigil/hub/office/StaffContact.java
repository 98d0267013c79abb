package io.invigil.hub.office;

import io.invigil.hub.message.Channel;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import java.util.ArrayList;
import java.util.List;

/** How a member of staff is reached; one of the two at least, the other may be empty. */
public record StaffContact(String mail, String mobile) {
    public static final StaffContact NONE = new StaffContact("", "");

    List<FieldIssue> issues() {
        List<FieldIssue> issues = new ArrayList<>();
        if (mail.isEmpty() && mobile.isEmpty()) {
            issues.add(FieldIssue.of("mobile", StaffRefusal.STAFF_ADDRESS_MISSING));
        }
        if (!mail.isEmpty() && !Outbox.isMailAddress(mail)) {
            issues.add(FieldIssue.of("mail", StaffRefusal.STAFF_MAIL_MALFORMED));
        }
        if (!mobile.isEmpty() && !Outbox.isMobile(mobile)) {
            issues.add(FieldIssue.of("mobile", StaffRefusal.STAFF_MOBILE_MALFORMED));
        }
        return issues;
    }

    /** Mail when there is an address: it costs nothing and arrives whole. */
    Channel channel() {
        return mail.isEmpty() ? Channel.SMS : Channel.MAIL;
    }

    String recipient() {
        return mail.isEmpty() ? mobile : mail;
    }
}

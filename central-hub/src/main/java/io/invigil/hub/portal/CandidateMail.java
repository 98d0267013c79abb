package io.invigil.hub.portal;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.message.Channel;
import io.invigil.hub.message.MessageKind;
import io.invigil.hub.message.Outbox;

/** Codes and first passwords go to the mobile number and to the mail address, where there are. */
final class CandidateMail {
    private final Outbox outbox = new Outbox();

    static boolean reaches(Candidate candidate) {
        return Outbox.isMobile(candidate.mobile()) || Outbox.isMailAddress(candidate.mail());
    }

    void put(Tx tx, Candidate to, MessageKind kind, String subject, String text) {
        if (Outbox.isMailAddress(to.mail())) {
            put(tx, to, kind, Channel.MAIL, to.mail(), subject, text);
        }
        if (Outbox.isMobile(to.mobile())) {
            put(tx, to, kind, Channel.SMS, to.mobile(), subject, text);
        }
    }

    private void put(
            Tx tx,
            Candidate to,
            MessageKind kind,
            Channel channel,
            String recipient,
            String subject,
            String text) {
        outbox.put(
                tx,
                to.tenant().value(),
                to.school().value(),
                kind,
                channel,
                recipient,
                subject,
                text);
    }
}

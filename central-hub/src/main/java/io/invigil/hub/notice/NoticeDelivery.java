package io.invigil.hub.notice;

import io.invigil.hub.message.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of a notice for one candidate.
 *
 * @param readAt when the candidate opened it in the portal
 * @param message the state of the text message; empty when none was sent
 */
public record NoticeDelivery(
        long candidate,
        String name,
        String number,
        Optional<Instant> readAt,
        Optional<Message.State> message) {}

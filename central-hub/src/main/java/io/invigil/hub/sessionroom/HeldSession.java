package io.invigil.hub.sessionroom;

import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.fact.NodeId;
import java.time.Instant;
import java.util.Optional;

/**
 * A class session with the room server that holds it.
 *
 * @param session number of the class session
 * @param plan the session's own plan, with its only subject and slot
 * @param paper of a test; empty for a plain session
 * @param login who named all this, at the time given
 */
public record HeldSession(
        TenantId tenant,
        long session,
        PlanId plan,
        SubjectId subject,
        SlotId slot,
        SiteId site,
        RoomId room,
        NodeId node,
        Optional<PaperId> paper,
        String login,
        Instant at) {}

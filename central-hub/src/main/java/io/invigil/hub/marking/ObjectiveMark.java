package io.invigil.hub.marking;

import io.invigil.hub.paper.PaperId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The hub's own objective score of a sitting.
 *
 * @param answersDigest hex, over the answers that were scored
 */
public record ObjectiveMark(
        long sitting,
        PaperId paper,
        BigDecimal score,
        BigDecimal maximum,
        String answersDigest,
        Instant at) {}

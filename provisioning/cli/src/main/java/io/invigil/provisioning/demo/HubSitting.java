package io.invigil.provisioning.demo;

import java.util.List;
import java.util.Optional;

/** One sitting as the hub knows it, with every revision of every answer. */
public record HubSitting(
        long sitting, boolean absent, Optional<String> answersDigest, List<HubAnswer> answers) {
    public HubSitting {
        answers = List.copyOf(answers);
    }
}

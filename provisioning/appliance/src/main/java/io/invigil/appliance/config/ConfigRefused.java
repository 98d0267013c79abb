package io.invigil.appliance.config;

import java.util.List;

/** The configuration cannot be used; {@link #problems} has one line per key, without secrets. */
public final class ConfigRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigRefused(List<String> problems) {
        super("configuration refused:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

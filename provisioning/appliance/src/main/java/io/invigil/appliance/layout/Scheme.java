package io.invigil.appliance.layout;

import java.util.Locale;
import java.util.Optional;

/** The colour schemes a person may choose. */
public enum Scheme {
    SYSTEM,
    LIGHT,
    DARK,
    CONTRAST;

    /** As in the cookie and the {@code data-scheme} attribute. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For {@code <meta name="color-scheme">}: which the browser's own controls follow. */
    public String meta() {
        return this == DARK || this == CONTRAST ? "dark" : this == LIGHT ? "light" : "light dark";
    }

    public static Optional<Scheme> ofCode(String code) {
        for (Scheme scheme : values()) {
            if (scheme.code().equals(code)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }
}

package io.invigil.protocol.fact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** Priority class of a fact, strict order of sending: ctl, res, att, img (XSP/1 section 1). */
public enum Lane {
    CTL("ctl"),
    RES("res"),
    ATT("att"),
    IMG("img");

    private final String code;

    Lane(String code) {
        this.code = code;
    }

    /** The name on the wire. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Reads the name on the wire; refuses any other text. */
    @JsonCreator
    static Lane ofWire(String code) {
        return ofCode(code).orElseThrow(() -> new IllegalArgumentException("no such lane"));
    }

    public static Optional<Lane> ofCode(String code) {
        for (Lane lane : values()) {
            if (lane.code.equals(code)) {
                return Optional.of(lane);
            }
        }
        return Optional.empty();
    }
}

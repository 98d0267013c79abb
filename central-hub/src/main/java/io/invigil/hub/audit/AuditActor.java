package io.invigil.hub.audit;

/**
 * Who did it and from where.
 *
 * @param login the staff account, or the name of the part of the hub that acted by itself
 * @param role as what, such as {@code school-clerk}; {@link #ITSELF} for the hub
 * @param organisation for which organisation; 0 for none
 * @param address the client's address; empty when there was none
 */
public record AuditActor(
        long tenant, String login, String role, long organisation, String address) {
    public static final String ITSELF = "hub";

    public static final int LOGIN_CHARS_MAX = 100;
    public static final int ROLE_CHARS_MAX = 60;
    public static final int ADDRESS_CHARS_MAX = 64;

    public AuditActor {
        login = cut(login, LOGIN_CHARS_MAX);
        role = cut(role, ROLE_CHARS_MAX);
        address = cut(address, ADDRESS_CHARS_MAX);
    }

    /** The hub itself, such as a projection of what a node sent. */
    public static AuditActor itself(long tenant, String part) {
        return new AuditActor(tenant, part, ITSELF, 0, "");
    }

    static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        // half a rare character is no text
        int end = Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
        return text.substring(0, end);
    }
}

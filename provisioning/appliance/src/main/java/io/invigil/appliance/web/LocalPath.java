package io.invigil.appliance.web;

/** Keeps redirects on this server: "//evil" and "https://evil" in a parameter lead to "/". */
public final class LocalPath {
    private static final int CHARS_MAX = 2_000;

    private LocalPath() {}

    /** The path when it is one of ours, else "/". */
    public static String of(String path) {
        boolean local =
                path.length() <= CHARS_MAX
                        && path.startsWith("/")
                        && !path.startsWith("//")
                        && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return local ? path : "/";
    }
}

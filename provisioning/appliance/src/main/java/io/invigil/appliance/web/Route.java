package io.invigil.appliance.web;

/**
 * A registered route, as pages declare it.
 *
 * @param method such as GET
 * @param path with its parameters, such as {@code /plans/{plan}}
 */
public record Route(String method, String path) implements Comparable<Route> {

    @Override
    public int compareTo(Route other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : method.compareTo(other.method);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

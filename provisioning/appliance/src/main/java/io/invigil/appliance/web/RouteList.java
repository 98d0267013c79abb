package io.invigil.appliance.web;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads from services which routes they declare, so that a test can hold the running server against
 * a table of who may do what. Not thread-safe.
 */
final class RouteList {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final Set<Route> routes = new TreeSet<>();

    void add(HttpService service) {
        service.routing(rules());
    }

    /** Rules that remember what is declared on them. */
    HttpRules rules() {
        InvocationHandler remember =
                (proxy, called, arguments) -> {
                    if (called.getName().equals("register")
                            && arguments[0] instanceof HttpService[] services) {
                        List.of(services).forEach(this::add);
                    } else {
                        routes.add(route(called.getName(), arguments));
                    }
                    return proxy;
                };
        return (HttpRules)
                Proxy.newProxyInstance(
                        HttpRules.class.getClassLoader(),
                        new Class<?>[] {HttpRules.class},
                        remember);
    }

    private static Route route(String name, Object[] arguments) {
        if (METHODS.contains(name) && arguments[0] instanceof String path) {
            return new Route(name.toUpperCase(Locale.ROOT), path);
        }
        if (name.equals("route")
                && arguments[0] instanceof Method method
                && arguments[1] instanceof String path) {
            return new Route(method.text(), path);
        }
        // a route that is not listed would be one that no test looks at
        throw new IllegalStateException("declare routes by method and path, not by " + name);
    }

    List<Route> all() {
        return List.copyOf(routes);
    }
}

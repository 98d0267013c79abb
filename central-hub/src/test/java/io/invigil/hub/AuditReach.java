package io.invigil.hub;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.invigil.appliance.web.Route;
import io.invigil.hub.audit.Audit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which kinds of audit entries the code behind each route can record: from the handler that {@code
 * routing(HttpRules)} names through every call in the compiled classes, implementations of called
 * interfaces included, to the calls of {@link Audit}.
 */
final class AuditReach {
    private static final List<Path> SOURCES =
            List.of(
                    Path.of("src/main/java"),
                    Path.of("..", "provisioning", "appliance", "src/main/java"));
    private static final String TEXT = "(?:\"[^\"]*\"|[A-Za-z_]\\w*(?:\\.[A-Z_]+)?)";
    private static final Pattern ROUTE =
            Pattern.compile(
                    "\\.(get|post|put)\\(\\s*("
                            + TEXT
                            + "(?:\\s*\\+\\s*"
                            + TEXT
                            + ")*)\\s*,(.*?)\\)"
                            + "\\s*(?=\\.(?:get|post|put|delete)\\(|;)",
                    Pattern.DOTALL);
    private static final Pattern CONSTANT =
            Pattern.compile(
                    "String (\\w+)\\s*=\\s*(" + TEXT + "(?:\\s*\\+\\s*" + TEXT + ")*)\\s*;");
    private static final Pattern BESIDE = Pattern.compile("([A-Z]\\w+)\\.([A-Z_]{2,})\\b");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$");
    private static final Pattern NAMED =
            Pattern.compile("(\\w+)::(\\w+)|(?<![.\\w])([a-z]\\w*)\\(");
    private static final Pattern KIND = Pattern.compile("\"([a-z-]+)\"|\\b([A-Z_]{2,})\\b");
    private static final Set<String> RECORDING =
            Set.of("created", "changed", "deleted", "read", "exported");
    private static final int ARGUMENT_LINES_MAX = 10;

    private final Set<String> kinds;
    private final JavaClasses classes;
    private final Map<JavaCodeUnit, Set<String>> recorded = new HashMap<>();
    private final Map<String, List<String>> sources = new HashMap<>();

    /**
     * @param kinds all that have a text
     */
    AuditReach(Set<String> kinds) {
        this.kinds = Set.copyOf(kinds);
        this.classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.invigil.hub", "io.invigil.appliance");
    }

    /** Every route that a source declares, with what its handler can record. */
    Map<Route, Set<String>> ofRoutes() throws IOException {
        Map<Route, Set<String>> found = new TreeMap<>();
        for (Path root : SOURCES) {
            try (var files = Files.walk(root)) {
                for (Path file : files.filter(AuditReach::isClass).toList()) {
                    read(root, file, found);
                }
            }
        }
        return found;
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java") && !name.equals("package-info.java");
    }

    private void read(Path root, Path file, Map<Route, Set<String>> found) throws IOException {
        String source = COMMENT.matcher(Files.readString(file)).replaceAll("");
        if (!source.contains("HttpRules")) {
            return;
        }
        Map<String, String> constants = constants(file, source);
        String type = root.relativize(file).toString().replace('/', '.').replace(".java", "");
        JavaClass pages = classes.get(type);
        Matcher route = ROUTE.matcher(source);
        while (route.find()) {
            String path = text(route.group(2), constants);
            if (!path.startsWith("/")) {
                continue;
            }
            Set<String> reached = new TreeSet<>();
            Matcher named = NAMED.matcher(route.group(3));
            while (named.find()) {
                JavaClass owner = named.group(1) == null ? pages : owner(pages, named.group(1));
                String name = named.group(1) == null ? named.group(3) : named.group(2);
                owner.getMethods().stream()
                        .filter(method -> method.getName().equals(name))
                        .forEach(method -> reached.addAll(from(method)));
            }
            found.put(new Route(route.group(1).toUpperCase(Locale.ROOT), path), reached);
        }
    }

    /** With those of the sources beside it, as {@code Lists.PATH}. */
    private static Map<String, String> constants(Path file, String source) throws IOException {
        Map<String, String> constants = new HashMap<>();
        Matcher beside = BESIDE.matcher(source);
        while (beside.find()) {
            Path other = file.resolveSibling(beside.group(1) + ".java");
            if (Files.exists(other)) {
                String name = beside.group(2);
                String value = constants(Files.readString(other), Map.of()).get(name);
                constants.put(beside.group(), String.valueOf(value));
            }
        }
        return constants(source, constants);
    }

    /** Of one source, in its order: one may be made of those above it. */
    private static Map<String, String> constants(String source, Map<String, String> known) {
        Map<String, String> constants = new HashMap<>(known);
        CONSTANT.matcher(source)
                .results()
                .forEach(one -> constants.put(one.group(1), text(one.group(2), constants)));
        return constants;
    }

    /** Whose method {@code field::method} is. */
    private static JavaClass owner(JavaClass pages, String qualifier) {
        return pages.tryGetField(qualifier).map(JavaField::getRawType).orElse(pages);
    }

    private static String text(String expression, Map<String, String> constants) {
        StringBuilder text = new StringBuilder();
        for (String part : expression.split("\\+")) {
            String one = part.strip();
            text.append(
                    one.startsWith("\"")
                            ? one.substring(1, one.length() - 1)
                            : constants.getOrDefault(one, "{" + one + "}"));
        }
        return text.toString();
    }

    private Set<String> from(JavaCodeUnit handler) {
        Set<String> found = new TreeSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>(Set.of(handler));
        Deque<JavaCodeUnit> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            found.addAll(recorded.computeIfAbsent(unit, this::recordedBy));
            for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                for (JavaCodeUnit next : targets(access)) {
                    if (!next.getOwner().getName().startsWith(Audit.class.getName())
                            && seen.add(next)) {
                        open.push(next);
                    }
                }
            }
        }
        return found;
    }

    private static List<JavaCodeUnit> targets(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget target)
                || !target.getOwner().getName().startsWith("io.invigil.")) {
            return List.of();
        }
        List<JavaCodeUnit> all = new ArrayList<>();
        target.resolveMember().ifPresent(all::add);
        JavaClass owner = target.getOwner();
        if (owner.isInterface() || owner.getModifiers().contains(JavaModifier.ABSTRACT)) {
            String[] parameters =
                    target.getRawParameterTypes().stream()
                            .map(JavaClass::getName)
                            .toArray(String[]::new);
            owner.getAllSubclasses()
                    .forEach(
                            one ->
                                    one.tryGetMethod(target.getName(), parameters)
                                            .ifPresent(all::add));
        }
        return all;
    }

    private Set<String> recordedBy(JavaCodeUnit unit) {
        Set<String> found = new TreeSet<>();
        for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
            if (!access.getTargetOwner().getName().startsWith(Audit.class.getName())) {
                continue;
            }
            if (access.getTarget().getName().equals("access")) {
                found.add("login");
            } else if (RECORDING.contains(access.getTarget().getName())) {
                found.add(kind(access));
            }
        }
        return found;
    }

    /** The first argument of a recording call that names a kind; it may be some lines below. */
    private String kind(JavaAccess<?> access) {
        String owner = access.getOriginOwner().getName().replaceAll("\\$.*", "");
        List<String> lines = sources.computeIfAbsent(owner, AuditReach::lines);
        int first = access.getLineNumber() - 1;
        int end = Math.min(lines.size(), first + ARGUMENT_LINES_MAX);
        Matcher literal = KIND.matcher(String.join("\n", lines.subList(first, end)));
        Map<String, String> constants = constants(String.join("\n", lines), Map.of());
        while (literal.find()) {
            String named =
                    literal.group(1) != null
                            ? literal.group(1)
                            : constants.getOrDefault(literal.group(2), "");
            if (kinds.contains(named)) {
                return named;
            }
        }
        return "? in " + owner + ":" + access.getLineNumber();
    }

    private static List<String> lines(String owner) {
        for (Path root : SOURCES) {
            Path file = root.resolve(owner.replace('.', '/') + ".java");
            if (Files.exists(file)) {
                try {
                    return Files.readAllLines(file);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
        throw new IllegalStateException("no source of " + owner);
    }
}

package io.invigil.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGenerator;

/**
 * Names tests by what they say and where that stands: {@code domain §5 (S4 §5.2.6): each refused
 * row says why}. The citations are those of the table of rules; set for the module in {@code
 * junit-platform.properties}.
 */
public final class RuleNames extends DisplayNameGenerator.Standard {
    private final Map<String, String> citations;

    public RuleNames() {
        try {
            citations =
                    RuleTable.read().stream()
                            .flatMap(
                                    line ->
                                            line.tests().stream()
                                                    .map(test -> Map.entry(test, line.citation())))
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            Map.Entry::getValue,
                                            RuleNames::joined,
                                            LinkedHashMap::new));
        } catch (IOException failure) {
            throw new UncheckedIOException("the table of rules cannot be read", failure);
        }
    }

    private static String joined(String first, String second) {
        return first.contains(second) ? first : first + ", " + second;
    }

    @Override
    public String generateDisplayNameForMethod(
            List<Class<?>> enclosing, Class<?> testClass, Method method) {
        String sentence = sentence(method.getName());
        String citation = citations.get(key(method));
        return citation == null ? sentence : citation + ": " + sentence;
    }

    /** By test, such as {@code FeesTest#amountCountsSubjectEntriesBySubject}. */
    Map<String, String> citations() {
        return Map.copyOf(citations);
    }

    /** As the table has it: the file's class, whatever is nested in it. */
    static String key(Method method) {
        Class<?> outermost = method.getDeclaringClass();
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        return outermost.getSimpleName() + "#" + method.getName();
    }

    /** {@code refusesWhenThePlanIsClosed} as words. */
    static String sentence(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}

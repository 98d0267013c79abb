package io.invigil.appliance.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.invigil.appliance.config.ConfigSchema.Key;
import io.invigil.appliance.config.ConfigSchema.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One reading of a configuration: collects every problem instead of stopping at the first. */
final class ConfigBinder {
    static final int LIST_ITEMS_MAX = 1_000;

    private final String source;
    private final Map<String, String> variables;
    private final List<String> problems;
    private final Set<String> used = new HashSet<>();

    ConfigBinder(String source, Map<String, String> variables, List<String> problems) {
        this.source = source;
        this.variables = variables;
        this.problems = problems;
    }

    Set<String> usedVariables() {
        return used;
    }

    /** The record, or empty when a problem was noted. */
    Optional<Object> bind(ConfigSchema schema, String prefix, ObjectNode tree) {
        int before = problems.size();
        tree.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!schema.names().contains(name)) {
                                problem(
                                        join(prefix, name),
                                        "is unknown" + Suggestion.among(name, schema.names()));
                            }
                        });
        List<Object> values = new ArrayList<>();
        for (Key key : schema.keys()) {
            bindKey(key, join(prefix, key.name()), tree.get(key.name())).ifPresent(values::add);
        }
        return problems.size() > before
                ? Optional.empty()
                : construct(schema.type(), prefix, values);
    }

    private Optional<?> bindKey(Key key, String path, JsonNode inFile) {
        JsonNode node = inFile;
        if (!key.isRecord()) {
            String variable = Config.variable(path);
            String text = variables.get(variable);
            if (text != null) {
                used.add(variable);
                node = TextNode.valueOf(text);
            }
        }
        boolean absent = node == null || node.isNull();
        return switch (key.shape()) {
            case LIST -> bindList(key, path, absent ? fallback(key) : node);
            case MAP -> bindMap(path, absent ? fallback(key) : node);
            case OPTIONAL -> {
                boolean named = key.isRecord() && hasVariableUnder(path);
                yield absent && !named
                        ? Optional.of(Optional.empty())
                        : bindValue(key, path, absent ? emptyBlock() : node).map(Optional::of);
            }
            case VALUE -> {
                if (absent && key.isRecord()) {
                    yield bindValue(key, path, emptyBlock());
                }
                JsonNode value = absent ? fallback(key) : node;
                if (value.isMissingNode()) {
                    problem(path, "is required");
                    yield Optional.empty();
                }
                yield bindValue(key, path, value);
            }
        };
    }

    private boolean hasVariableUnder(String path) {
        String prefix = Config.variable(path) + "_";
        return variables.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private static ObjectNode emptyBlock() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode fallback(Key key) {
        return key.defaultText()
                .<JsonNode>map(TextNode::valueOf)
                .orElseGet(JsonNodeFactory.instance::missingNode);
    }

    private Optional<Object> bindValue(Key key, String path, JsonNode node) {
        if (key.isRecord()) {
            if (node instanceof ObjectNode object) {
                return bind(ConfigSchema.of(key.type()), path, object);
            }
            problem(path, "must be a block of keys");
            return Optional.empty();
        }
        if (!node.isValueNode()) {
            problem(path, "must be one value, not a block or list");
            return Optional.empty();
        }
        return convert(key.type(), path, node.asText());
    }

    private Optional<Object> bindList(Key key, String path, JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(items::add);
        } else if (node.isTextual() && !key.isRecord()) {
            for (String item : node.asText().split(",")) {
                if (!item.isBlank()) {
                    items.add(TextNode.valueOf(item.strip()));
                }
            }
        } else if (!node.isMissingNode()) {
            problem(path, "must be a list");
            return Optional.empty();
        }
        if (items.size() > LIST_ITEMS_MAX) {
            problem(path, "has more than " + LIST_ITEMS_MAX + " items");
            return Optional.empty();
        }
        List<Object> values = new ArrayList<>();
        Key element = new Key(key.name(), Shape.VALUE, key.type(), Optional.empty());
        for (int i = 0; i < items.size(); i++) {
            bindValue(element, path + "[" + i + "]", items.get(i)).ifPresent(values::add);
        }
        return Optional.of(List.copyOf(values));
    }

    private Optional<Object> bindMap(String path, JsonNode node) {
        Map<String, String> map = new LinkedHashMap<>();
        if (node instanceof ObjectNode object && object.size() <= LIST_ITEMS_MAX) {
            object.properties()
                    .forEach(
                            entry -> {
                                if (entry.getValue().isValueNode()) {
                                    map.put(entry.getKey(), entry.getValue().asText());
                                } else {
                                    problem(path + "." + entry.getKey(), "must be one value");
                                }
                            });
        } else if (!node.isMissingNode()) {
            problem(path, "must be a block of at most " + LIST_ITEMS_MAX + " keys");
        }
        return Optional.of(Map.copyOf(map));
    }

    private Optional<Object> convert(Class<?> type, String path, String text) {
        try {
            return Optional.of(ConfigValue.parse(type, text.strip()));
        } catch (ConfigValue.NotThatType problem) {
            boolean secret = type == Secret.class;
            problem(
                    path,
                    (secret ? "" : "is \"" + text + "\" but ") + "must be " + problem.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Object> construct(Class<?> type, String prefix, List<Object> values) {
        Class<?>[] types =
                java.util.Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values.toArray()));
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException because) {
                problem(prefix.isEmpty() ? "(top)" : prefix, because.getMessage());
                return Optional.empty();
            }
            throw new IllegalStateException("cannot make " + type, refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot make " + type, impossible);
        }
    }

    private void problem(String path, String text) {
        String variable = Config.variable(path);
        String where = variables.containsKey(variable) ? "environment " + variable : source;
        problems.add(where + ": " + path + " " + text);
    }

    private static String join(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }
}

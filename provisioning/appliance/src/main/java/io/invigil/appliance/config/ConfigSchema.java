package io.invigil.appliance.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys of one configuration record. */
record ConfigSchema(Class<?> type, List<Key> keys) {

    enum Shape {
        VALUE,
        OPTIONAL,
        LIST,
        MAP
    }

    record Key(String name, Shape shape, Class<?> type, Optional<String> defaultText) {
        boolean isRecord() {
            return type.isRecord();
        }
    }

    static ConfigSchema of(Class<?> type) {
        List<Key> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Default annotation = component.getAnnotation(Default.class);
            Optional<String> defaultText = Optional.ofNullable(annotation).map(Default::value);
            Class<?> raw = component.getType();
            Shape shape = Shape.VALUE;
            Class<?> element = raw;
            if (raw == Optional.class || raw == List.class) {
                shape = raw == List.class ? Shape.LIST : Shape.OPTIONAL;
                element = argument(component.getGenericType());
            } else if (raw == Map.class) {
                shape = Shape.MAP;
                element = String.class;
            }
            keys.add(new Key(kebab(component.getName()), shape, element, defaultText));
        }
        return new ConfigSchema(type, keys);
    }

    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** Names of all environment variables this record understands. */
    List<String> variables(String prefix) {
        List<String> variables = new ArrayList<>();
        for (Key key : keys) {
            String path = prefix.isEmpty() ? key.name : prefix + "." + key.name;
            if (key.isRecord()) {
                if (key.shape != Shape.LIST) {
                    variables.addAll(of(key.type).variables(path));
                }
            } else {
                variables.add(Config.variable(path));
            }
        }
        return variables;
    }

    static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static Class<?> argument(Type type) {
        if (type instanceof ParameterizedType parameterized
                && parameterized.getActualTypeArguments()[0] instanceof Class<?> element) {
            return element;
        }
        throw new IllegalArgumentException("not a configuration type: " + type);
    }
}

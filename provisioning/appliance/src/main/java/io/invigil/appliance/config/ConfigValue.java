package io.invigil.appliance.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text to value, for the types a configuration record may have. */
final class ConfigValue {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private ConfigValue() {}

    /** Says what was expected; never shows the text, which may be a secret. */
    static final class NotThatType extends Exception {
        private static final long serialVersionUID = 1L;

        NotThatType(String expected) {
            super(expected);
        }
    }

    static Object parse(Class<?> type, String text) throws NotThatType {
        try {
            if (type == String.class) {
                return text;
            } else if (type == Secret.class) {
                return Secret.of(text);
            } else if (type == int.class || type == Integer.class) {
                return Integer.parseInt(text.replace("_", ""));
            } else if (type == long.class || type == Long.class) {
                return Long.parseLong(text.replace("_", ""));
            } else if (type == double.class || type == Double.class) {
                return Double.parseDouble(text);
            } else if (type == boolean.class || type == Boolean.class) {
                return bool(text);
            } else if (type == Path.class) {
                return Path.of(text);
            } else if (type == URI.class) {
                return new URI(text);
            } else if (type == Duration.class) {
                return duration(text);
            } else if (type == LocalDate.class) {
                return LocalDate.parse(text);
            } else if (type.isEnum()) {
                return constant(type, text);
            }
        } catch (NumberFormatException notANumber) {
            throw new NotThatType("a number");
        } catch (URISyntaxException | InvalidPathException notAnAddress) {
            throw new NotThatType("a valid " + type.getSimpleName());
        } catch (DateTimeException notATime) {
            throw new NotThatType(
                    type == LocalDate.class ? "a date like 2026-11-20" : "a duration like 15s");
        }
        throw new IllegalArgumentException("not a configuration type: " + type);
    }

    private static Boolean bool(String text) throws NotThatType {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Boolean.TRUE;
            case "false", "no", "off" -> Boolean.FALSE;
            default -> throw new NotThatType("true or false");
        };
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Object constant(Class<?> type, String text) throws NotThatType {
        String wanted = text.replace('-', '_').toUpperCase(Locale.ROOT);
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(wanted)) {
                return constant;
            }
        }
        throw new NotThatType(
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT))
                                .map(name -> name.replace('_', '-'))
                                .collect(Collectors.joining(", ")));
    }
}

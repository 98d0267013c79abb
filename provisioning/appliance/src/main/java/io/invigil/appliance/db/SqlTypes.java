package io.invigil.appliance.db;

import io.invigil.protocol.crypto.Digest;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.Arguments;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;

/** How values travel to and from both databases; the choices are in the package's description. */
final class SqlTypes {
    private SqlTypes() {}

    static void register(Jdbi jdbi) {
        jdbi.registerArgument(new InstantArguments());
        jdbi.registerArgument(new LocalDateArguments());
        jdbi.registerArgument(new TextArguments<UUID>(UUID::toString) {});
        jdbi.registerArgument(new TextArguments<Digest>(Digest::hex) {});
        jdbi.registerColumnMapper(Instant.class, SqlTypes::instant);
        jdbi.registerColumnMapper(LocalDate.class, SqlTypes::localDate);
        jdbi.registerColumnMapper(UUID.class, text(UUID::fromString));
        jdbi.registerColumnMapper(Digest.class, text(Digest::ofHex));
        // Derby refuses the driver-neutral type OTHER for an untyped NULL
        jdbi.getConfig(Arguments.class)
                .setUntypedNullArgument(
                        (position, statement, context) -> statement.setObject(position, null));
    }

    private static Instant instant(
            ResultSet row, int column, org.jdbi.v3.core.statement.StatementContext context)
            throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static LocalDate localDate(
            ResultSet row, int column, org.jdbi.v3.core.statement.StatementContext context)
            throws SQLException {
        Date date = row.getDate(column);
        return date == null ? null : date.toLocalDate();
    }

    private static <T> ColumnMapper<T> text(Function<String, T> parse) {
        return (row, column, context) -> {
            String text = row.getString(column);
            return text == null ? null : parse.apply(text.strip());
        };
    }

    private static final class InstantArguments extends AbstractArgumentFactory<Instant> {
        InstantArguments() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) ->
                    statement.setLong(position, value.toEpochMilli());
        }
    }

    private static final class LocalDateArguments extends AbstractArgumentFactory<LocalDate> {
        LocalDateArguments() {
            super(Types.DATE);
        }

        @Override
        protected Argument build(LocalDate value, ConfigRegistry config) {
            return (position, statement, context) ->
                    statement.setDate(position, Date.valueOf(value));
        }
    }

    private abstract static class TextArguments<T> extends AbstractArgumentFactory<T> {
        private final Function<T, String> format;

        TextArguments(Function<T, String> format) {
            super(Types.VARCHAR);
            this.format = format;
        }

        @Override
        protected Argument build(T value, ConfigRegistry config) {
            return (position, statement, context) ->
                    statement.setString(position, format.apply(value));
        }
    }
}

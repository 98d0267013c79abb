package io.invigil.appliance.db;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** Boots and stops one Derby database with the attributes of protocol.md section 16. */
final class EmbeddedDerby {
    private static final String DURABILITY = "derby.system.durability";
    private static final String LOG = "derby.stream.error.method";

    private final EmbeddedDataSource source = new EmbeddedDataSource();
    private final Path directory;

    EmbeddedDerby(DatabaseSettings.Embedded settings) {
        directory = settings.directory().toAbsolutePath();
        refuseTestDurability();
        if (System.getProperty("derby.stream.error.file") == null
                && System.getProperty(LOG) == null) {
            System.setProperty(LOG, DerbyLog.class.getName() + ".stream");
        }
        source.setDatabaseName(directory.toString());
        source.setConnectionAttributes(
                "dataEncryption=true;encryptionAlgorithm=AES/CBC/NoPadding;encryptionKeyLength=256"
                        + ";encryptionKey="
                        + HexFormat.of().formatHex(settings.key()));
    }

    DataSource dataSource() {
        return source;
    }

    Boolean boot() {
        if (!Files.exists(directory)) {
            source.setCreateDatabase("create");
        }
        try (Connection connection = source.getConnection()) {
            if ("test".equalsIgnoreCase(read(connection, DURABILITY))) {
                throw new DatabaseRefused(DURABILITY + "=test loses committed data");
            }
            // a lock conflict must end well before a person gives up waiting
            write(connection, "derby.locks.deadlockTimeout", "2");
            write(connection, "derby.locks.waitTimeout", "15");
            connection.commit();
        } catch (SQLException failure) {
            throw new DatabaseRefused(
                    "cannot open the database "
                            + directory
                            + " (wrong key, in use or damaged): "
                            + deepest(failure),
                    failure);
        }
        source.setCreateDatabase("");
        return Boolean.TRUE;
    }

    private static String deepest(SQLException failure) {
        SQLException last = failure;
        while (last.getNextException() != null) {
            last = last.getNextException();
        }
        return last.getMessage();
    }

    private static void refuseTestDurability() {
        String property = System.getProperty(DURABILITY, "");
        Path file = Path.of(System.getProperty("derby.system.home", "."), "derby.properties");
        if (Files.isReadable(file)) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException unreadable) {
                throw new DatabaseRefused("cannot read " + file, unreadable);
            }
            property = properties.getProperty(DURABILITY, property);
        }
        if (property.strip().toLowerCase(Locale.ROOT).equals("test")) {
            throw new DatabaseRefused(DURABILITY + "=test loses committed data");
        }
    }

    private static String read(Connection connection, String key) throws SQLException {
        try (var statement =
                connection.prepareStatement("values syscs_util.syscs_get_database_property(?)")) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void write(Connection connection, String key, String value) throws SQLException {
        try (CallableStatement call =
                connection.prepareCall("call syscs_util.syscs_set_database_property(?, ?)")) {
            call.setString(1, key);
            call.setString(2, value);
            call.execute();
        }
    }

    void shutdown() {
        EmbeddedDataSource stop = new EmbeddedDataSource();
        stop.setDatabaseName(directory.toString());
        stop.setShutdownDatabase("shutdown");
        try (Connection none = stop.getConnection()) {
            throw new IllegalStateException("Derby went on after shutdown: " + none);
        } catch (SQLException ended) {
            // 08006 is how Derby reports an orderly end, XJ004 that it was not running
            if (!"08006".equals(ended.getSQLState()) && !"XJ004".equals(ended.getSQLState())) {
                throw new IllegalStateException("Derby did not stop in order", ended);
            }
        }
    }
}

package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationRefused;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {
    @TempDir Path directory;
    private Database database;
    private Path folder;

    private void open(Dialect dialect) throws IOException {
        database = StoreContract.fresh(dialect, directory.resolve("db"));
        folder = Files.createDirectories(directory.resolve("db/" + dialect.folder()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void file(String name, String sql) throws IOException {
        Files.writeString(folder.resolve(name), sql);
    }

    private List<String> apply() {
        MigrationSource source = new MigrationSource("test", MigrationsTest.class, directory);
        return new Migrations(database, Clock.systemUTC()).apply(source);
    }

    @ParameterizedTest
    @EnumSource
    void appliesEachFileOnceInOrder(Dialect dialect) throws IOException {
        open(dialect);
        file("V002__fill.sql", "insert into a (x) values (1);\ninsert into a (x)\n  values (2);\n");
        file("V001__make.sql", "-- first; of all\ncreate table a (x integer);\n");
        assertThat(apply()).containsExactly("test/V001__make", "test/V002__fill");
        assertThat(apply()).isEmpty();
        file("V003__more.sql", "insert into a (x) values (3)");
        assertThat(apply()).containsExactly("test/V003__more");
        long rows =
                database.inTransaction(
                        tx -> tx.query("select count(*) from a").mapTo(Long.class).one());
        assertThat(rows).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAChangedAMissingAndALateFile(Dialect dialect) throws IOException {
        open(dialect);
        file("V002__make.sql", "create table a (x integer);\n");
        apply();
        file("V002__make.sql", "create table a (x integer);\r\n");
        assertThat(apply()).as("other line ends are no change").isEmpty();
        file("V002__make.sql", "create table a (x bigint);\n");
        assertRefused("V002__make was changed");
        Files.delete(folder.resolve("V002__make.sql"));
        assertRefused("V002__make was applied to this database but is missing");
        file("V002__make.sql", "create table a (x integer);\n");
        file("V001__late.sql", "create table b (x integer);\n");
        assertRefused("V001__late is new but numbered below the applied V002");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTwoFilesOfOneNumberAndStrangeNames(Dialect dialect) throws IOException {
        open(dialect);
        file("V001__a.sql", "create table a (x integer);\n");
        file("V001__b.sql", "create table b (x integer);\n");
        assertRefused("have the same number");
        Files.delete(folder.resolve("V001__b.sql"));
        file("V1_c.sql", "create table c (x integer);\n");
        assertRefused("V1_c.sql is not named like");
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingOfAFileThatFails(Dialect dialect) throws IOException {
        open(dialect);
        file("V001__a.sql", "create table a (x integer);\ncreate nonsense;\n");
        assertRefused("V001__a failed");
        file("V001__a.sql", "create table a (x integer);\n");
        assertThat(apply()).containsExactly("test/V001__a");
    }

    private void assertRefused(String text) {
        assertThatThrownBy(this::apply)
                .isInstanceOf(MigrationRefused.class)
                .hasMessageContaining(text);
    }
}

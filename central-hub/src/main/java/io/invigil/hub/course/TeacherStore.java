package io.invigil.hub.course;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of teachers. Stateless. */
final class TeacherStore {
    private static final String SELECT =
            """
            select tenant, id, school, account, login, name, id_number, education, college, title,
                post, mobile, mail, research, results, address
            from teacher where tenant = :tenant
            """;

    void add(Tx tx, Teacher added) {
        bind(
                        tx.update(
                                """
                                insert into teacher (tenant, id, school, account, login, name,
                                    id_number, education, college, title, post, mobile, mail,
                                    research, results, address)
                                values (:tenant, :id, :school, :account, :login, :name, :idNumber,
                                    :education, :college, :title, :post, :mobile, :mail, :research,
                                    :results, :address)
                                """),
                        added)
                .bind("school", added.school().value())
                .bind("account", added.account())
                .bind("login", added.login())
                .execute();
    }

    void lock(Tx tx, TenantId tenant, long id) {
        tx.lockRows("teacher", Map.of("tenant", tenant.value(), "id", id));
    }

    void change(Tx tx, Teacher changed) {
        bind(
                        tx.update(
                                """
                                update teacher set name = :name, id_number = :idNumber,
                                    education = :education, college = :college, title = :title,
                                    post = :post, mobile = :mobile, mail = :mail,
                                    research = :research, results = :results, address = :address
                                where tenant = :tenant and id = :id
                                """),
                        changed)
                .execute();
    }

    private static org.jdbi.v3.core.statement.Update bind(
            org.jdbi.v3.core.statement.Update update, Teacher teacher) {
        Teacher.Details details = teacher.details();
        return update.bind("tenant", teacher.tenant().value())
                .bind("id", teacher.id())
                .bind("name", details.name())
                .bind("idNumber", details.idNumber())
                .bind("education", details.education())
                .bind("college", details.college())
                .bind("title", details.title())
                .bind("post", details.post())
                .bind("mobile", details.mobile())
                .bind("mail", details.mail())
                .bind("research", details.research())
                .bind("results", details.results())
                .bind("address", details.address());
    }

    Optional<Teacher> find(Tx tx, TenantId tenant, long id) {
        return tx.query(SELECT + " and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, context) -> teacher(row))
                .findOne();
    }

    Optional<Teacher> findByLogin(Tx tx, TenantId tenant, String login) {
        return tx.query(SELECT + " and login = :login")
                .bind("tenant", tenant.value())
                .bind("login", login)
                .map((row, context) -> teacher(row))
                .findOne();
    }

    Optional<Teacher> findByIdNumber(Tx tx, TenantId tenant, String idNumber) {
        return tx.query(SELECT + " and id_number = :idNumber")
                .bind("tenant", tenant.value())
                .bind("idNumber", idNumber)
                .map((row, context) -> teacher(row))
                .findOne();
    }

    List<Teacher> ofSchool(Tx tx, TenantId tenant, OrganisationId school, int max) {
        return tx.query(
                        SELECT
                                + " and school = :school order by name, id"
                                + " fetch first :max rows only")
                .bind("tenant", tenant.value())
                .bind("school", school.value())
                .bind("max", max)
                .map((row, context) -> teacher(row))
                .list();
    }

    private static Teacher teacher(ResultSet row) throws SQLException {
        return new Teacher(
                new TenantId(row.getLong("tenant")),
                row.getLong("id"),
                new OrganisationId(row.getLong("school")),
                row.getLong("account"),
                row.getString("login"),
                new Teacher.Details(
                        row.getString("name"),
                        row.getString("id_number"),
                        row.getString("education"),
                        row.getString("college"),
                        row.getString("title"),
                        row.getString("post"),
                        row.getString("mobile"),
                        row.getString("mail"),
                        row.getString("research"),
                        row.getString("results"),
                        row.getString("address")));
    }
}

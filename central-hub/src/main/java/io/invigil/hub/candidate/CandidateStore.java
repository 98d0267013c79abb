package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** SQL of candidates. Stateless. */
final class CandidateStore {
    /** Values in one IN list: PostgreSQL allows 65 535 parameters, Derby gets slow earlier. */
    static final int IN_LIST_MAX = 500;

    private static final int BATCH_ROWS = 1000;
    private static final String COLUMNS =
            """
            select tenant, id, school, number, name, pinyin, id_number, gender, mobile, major,
                programme_level, enrolment_year, candidate_type, photo, mail
            """;
    private static final String SELECT = COLUMNS + "from candidate ";

    void add(Tx tx, List<Candidate> added) {
        tx.insertAll(
                """
                insert into candidate (tenant, id, school, number, name, pinyin, id_number, gender,
                    mobile, major, programme_level, enrolment_year, candidate_type, photo,
                    photo_source, mail)
                """,
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?)",
                added,
                CandidateStore::set);
    }

    private static void set(PreparedStatement statement, int from, Candidate candidate)
            throws SQLException {
        int at = from - 1;
        statement.setLong(++at, candidate.tenant().value());
        statement.setLong(++at, candidate.id().value());
        statement.setLong(++at, candidate.school().value());
        statement.setString(++at, candidate.number());
        statement.setString(++at, candidate.name());
        statement.setString(++at, candidate.pinyin());
        statement.setString(++at, candidate.idNumber());
        statement.setString(++at, candidate.gender().name());
        statement.setString(++at, candidate.mobile());
        statement.setString(++at, candidate.major());
        statement.setString(++at, candidate.programmeLevel());
        statement.setInt(++at, candidate.enrolmentYear());
        statement.setString(++at, candidate.type());
        statement.setString(++at, candidate.mail());
    }

    void change(Tx tx, List<Candidate> changed) {
        for (int from = 0; from < changed.size(); from += BATCH_ROWS) {
            PreparedBatch batch =
                    tx.batch(
                            """
                            update candidate set name = :name, pinyin = :pinyin,
                                gender = :gender, mobile = :mobile, major = :major,
                                programme_level = :programmeLevel,
                                enrolment_year = :enrolmentYear, candidate_type = :type,
                                mail = :mail
                            where tenant = :tenant and id = :id and school = :school
                                and number = :number and id_number = :idNumber
                            """);
            int to = Math.min(changed.size(), from + BATCH_ROWS);
            changed.subList(from, to).forEach(candidate -> bind(batch, candidate).add());
            batch.execute();
        }
    }

    /** A correction, which may concern the ID number. */
    void correct(Tx tx, Candidate corrected) {
        PreparedBatch batch =
                tx.batch(
                        """
                        update candidate set name = :name, pinyin = :pinyin, gender = :gender,
                            id_number = :idNumber, mobile = :mobile, major = :major
                        where tenant = :tenant and id = :id and school = :school
                        """);
        bind(batch, corrected).add().execute();
    }

    private static PreparedBatch bind(PreparedBatch batch, Candidate candidate) {
        return batch.bind("tenant", candidate.tenant().value())
                .bind("id", candidate.id().value())
                .bind("school", candidate.school().value())
                .bind("number", candidate.number())
                .bind("name", candidate.name())
                .bind("pinyin", candidate.pinyin())
                .bind("idNumber", candidate.idNumber())
                .bind("gender", candidate.gender().name())
                .bind("mobile", candidate.mobile())
                .bind("major", candidate.major())
                .bind("programmeLevel", candidate.programmeLevel())
                .bind("enrolmentYear", candidate.enrolmentYear())
                .bind("type", candidate.type())
                .bind("mail", candidate.mail());
    }

    /** Locks the candidate's row until the transaction ends. */
    void lock(Tx tx, TenantId tenant, CandidateId id) {
        tx.lockRows("candidate", Map.of("tenant", tenant.value(), "id", id.value()));
    }

    /** Another ID number; {@link #change} finds its rows by it. */
    void correctIdNumber(Tx tx, Candidate corrected) {
        tx.update(
                        """
                        update candidate set id_number = :idNumber, gender = :gender
                        where tenant = :tenant and id = :id
                        """)
                .bind("idNumber", corrected.idNumber())
                .bind("gender", corrected.gender().name())
                .bind("tenant", corrected.tenant().value())
                .bind("id", corrected.id().value())
                .execute();
    }

    Optional<Candidate> find(Tx tx, TenantId tenant, CandidateId id) {
        return tx.query(SELECT + " where tenant = :tenant and id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, context) -> candidate(row))
                .findOne();
    }

    Map<String, Candidate> byIdNumbers(Tx tx, TenantId tenant, Collection<String> idNumbers) {
        return byTexts(tx, tenant, "id_number", idNumbers, Candidate::idNumber);
    }

    Map<String, Candidate> byNumbers(Tx tx, TenantId tenant, Collection<String> numbers) {
        return byTexts(tx, tenant, "number", numbers, Candidate::number);
    }

    private Map<String, Candidate> byTexts(
            Tx tx,
            TenantId tenant,
            String column,
            Collection<String> texts,
            Function<Candidate, String> key) {
        Map<String, Candidate> found = new HashMap<>();
        List<String> all = texts.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += IN_LIST_MAX) {
            List<String> part = all.subList(from, Math.min(all.size(), from + IN_LIST_MAX));
            tx.query(COLUMNS + tx.dialect().eachOf("candidate", column))
                    .bindList("wanted", part)
                    .bind("tenant", tenant.value())
                    .map((row, context) -> candidate(row))
                    .forEach(one -> found.put(key.apply(one), one));
        }
        return found;
    }

    Map<CandidateId, Candidate> byIds(Tx tx, TenantId tenant, Collection<CandidateId> ids) {
        Map<CandidateId, Candidate> found = new HashMap<>();
        List<Long> all = ids.stream().map(CandidateId::value).distinct().toList();
        for (int from = 0; from < all.size(); from += IN_LIST_MAX) {
            List<Long> part = all.subList(from, Math.min(all.size(), from + IN_LIST_MAX));
            tx.query(SELECT + " where tenant = :tenant and id in (<wanted>)")
                    .bindList("wanted", part)
                    .bind("tenant", tenant.value())
                    .map((row, context) -> candidate(row))
                    .forEach(one -> found.put(one.id(), one));
        }
        return found;
    }

    List<Candidate> list(Tx tx, TenantId tenant, CandidateFilter filter, int offset, int limit) {
        Query query =
                tx.query(
                        SELECT
                                + where(filter)
                                + " order by school, name, id "
                                + tx.dialect().page());
        return bind(query, tenant, filter)
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> candidate(row))
                .list();
    }

    /** The rows after one, in the list's order. */
    List<Candidate> after(
            Tx tx, TenantId tenant, CandidateFilter filter, Optional<Candidate> last, int limit) {
        String from =
                last.isEmpty()
                        ? ""
                        : """
                         and (school > :lastSchool or (school = :lastSchool
                            and (name > :lastName or (name = :lastName and id > :lastId))))
                        """;
        Query query =
                tx.query(
                        SELECT
                                + where(filter)
                                + from
                                + " order by school, name, id fetch first :limit rows only");
        last.ifPresent(
                one ->
                        query.bind("lastSchool", one.school().value())
                                .bind("lastName", one.name())
                                .bind("lastId", one.id().value()));
        return bind(query, tenant, filter)
                .bind("limit", limit)
                .map((row, context) -> candidate(row))
                .list();
    }

    long count(Tx tx, TenantId tenant, CandidateFilter filter) {
        Query query = tx.query("select count(*) from candidate " + where(filter));
        return bind(query, tenant, filter).mapTo(Long.class).one();
    }

    private static String where(CandidateFilter filter) {
        List<String> parts = new ArrayList<>(List.of("tenant = :tenant"));
        filter.school().ifPresent(school -> parts.add("school = :school"));
        if (!filter.text().isBlank()) {
            parts.add(
                    """
                    (name like :part escape '!' or lower(pinyin) like :lowerPart escape '!'
                        or number like :part escape '!' or id_number = :exact)
                    """);
        }
        switch (filter.gaps()) {
            case NO_PHOTO -> parts.add("photo = ''");
            case INCOMPLETE ->
                    parts.add(
                            """
                            (pinyin = '' or mobile = '' or major = '' or programme_level = ''
                                or enrolment_year = 0 or photo = '')
                            """);
            case ANY -> {
                // no further condition
            }
        }
        return parts.stream().collect(Collectors.joining(" and ", " where ", ""));
    }

    private static Query bind(Query query, TenantId tenant, CandidateFilter filter) {
        query.bind("tenant", tenant.value());
        filter.school().ifPresent(school -> query.bind("school", school.value()));
        if (!filter.text().isBlank()) {
            String text = filter.text().strip();
            String literal = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
            query.bind("part", "%" + literal + "%")
                    .bind("lowerPart", "%" + literal.toLowerCase(Locale.ROOT) + "%")
                    .bind("exact", text.toUpperCase(Locale.ROOT));
        }
        return query;
    }

    static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(
                new TenantId(row.getLong("tenant")),
                new CandidateId(row.getLong("id")),
                new OrganisationId(row.getLong("school")),
                row.getString("number"),
                row.getString("name"),
                row.getString("pinyin"),
                row.getString("id_number"),
                Gender.valueOf(row.getString("gender")),
                row.getString("mobile"),
                row.getString("major"),
                row.getString("programme_level"),
                row.getInt("enrolment_year"),
                row.getString("candidate_type"),
                row.getString("photo"),
                row.getString("mail"));
    }
}

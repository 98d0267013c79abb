/**
 * The relational database behind the stores: embedded Derby (AES-256) or PostgreSQL.
 *
 * <p>Portable column types, the same on both databases unless named:
 *
 * <ul>
 *   <li>{@code Instant}: {@code BIGINT}, milliseconds since 1970 UTC (finer parts are cut off). Not
 *       TIMESTAMP: Derby has none with a zone, and a daylight-saving change would reorder rows.
 *   <li>{@code LocalDate}: {@code DATE}. {@code UUID}: {@code VARCHAR(36)}. {@code Digest}: {@code
 *       VARCHAR(64)} of hexadecimal digits. Enums: {@code VARCHAR} with the constant's name.
 *   <li>{@code boolean}: {@code BOOLEAN}. Text: {@code VARCHAR(n)}; long text {@code CLOB} on
 *       Derby, {@code TEXT} on PostgreSQL. Bytes: {@code VARCHAR(n) FOR BIT DATA} or {@code BLOB}
 *       on Derby, {@code BYTEA} on PostgreSQL, bound and read as {@code byte[]}.
 *   <li>Generated ids: {@code BIGINT GENERATED ALWAYS AS IDENTITY} on both; read them with {@link
 *       io.invigil.appliance.db.Tx#insert}.
 * </ul>
 *
 * <p>Records are mapped by {@code query.map(ConstructorMapper.of(Seat.class))}: column {@code
 * seat_no} goes to component {@code seatNo}; {@code Optional} components take NULL. {@code
 * Optional.empty()} may be bound anywhere and is NULL.
 */
package io.invigil.appliance.db;

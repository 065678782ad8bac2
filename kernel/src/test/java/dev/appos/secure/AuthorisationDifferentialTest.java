package dev.appos.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.object.Permission;
import dev.appos.secure.Differential.Mistake;
import dev.appos.secure.Differential.Outcome;
import dev.appos.secure.Tables.Question;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The guard against a second, independent writing of the same rules.
final class AuthorisationDifferentialTest {

    private static final long SEED = 20261120;
    private static final int CASES = 100_000;
    private static final int STORED_WORLDS = 8;
    private static final int STORED_QUESTIONS = 100;

    @Test
    void a_hundred_thousand_random_cases_are_decided_as_the_oracle_decides_them() {
        Outcome outcome = Differential.run(SEED, CASES, Mistake.NONE);

        assertThat(outcome.mismatches()).as("seed " + SEED).isEmpty();
        assertThat(outcome.different()).isZero();
        assertThat(outcome.allowed()).isBetween(CASES / 10L, CASES * 9L / 10);
    }

    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_planted_mistake_is_found(Mistake mistake) {
        assertThat(Differential.run(SEED, CASES / 10, mistake).different()).isPositive();
    }

    @Test
    void worlds_that_went_through_the_tables_are_decided_alike() {
        Random random = new Random(SEED);
        try (World world = new World()) {
            for (int i = 0; i < STORED_WORLDS; i++) {
                Tables tables = new RandomTables(random).make();
                world.database.write(sql -> store(sql, tables));
                world.directory.refresh();
                Oracle oracle = new Oracle(tables);
                for (int j = 0; j < STORED_QUESTIONS; j++) {
                    Question question = RandomTables.question(random, tables);
                    assertThat(Differential.answer(world.guard, Differential.snapshot(tables), question))
                            .as("%s in %s", question, tables)
                            .isEqualTo(oracle.answer(question));
                }
            }
        }
    }

    private static int store(DSLContext sql, Tables tables) {
        Versions.bump(sql, Versions.Area.DIRECTORY);
        List.of("grants", "members", "group_apps", "agents", "users", "groups")
                .forEach(table -> sql.execute("delete from appos." + table));
        tables.groups().forEach((name, active) -> sql.execute(
                "insert into appos.groups (name, type, is_active, created_at, created_by) "
                        + "values (?, 'team', ?, now(), 'test')", name, active));
        tables.users().forEach((name, user) -> sql.execute(
                "insert into appos.users (id, username, user_type, is_active, created_at, created_by) "
                        + "values (?, ?, ?, ?, now(), 'test')", id(name), name, user.type(), user.active()));
        tables.members().forEach(member -> sql.execute(
                "insert into appos.members (group_name, user_id) values (?, ?)", member.get(1), id(member.get(0))));
        tables.links().forEach(link -> sql.execute(
                "insert into appos.group_apps (group_name, app) values (?, ?)", link.get(0), link.get(1)));
        tables.agents().forEach((name, agent) -> sql.execute(
                "insert into appos.agents (id, name, user_id, own_account, policies, status, created_at, created_by) "
                        + "values (?, ?, ?, false, '{}', ?, now(), 'test')",
                id(name), Agents.plain(name), id(agent.actsFor()), agent.active() ? "active" : "stopped"));
        Grants grants = new Grants(java.time.Clock.systemUTC());
        tables.grants().forEach(row -> grants.add(
                sql, row.get(0), GrantPattern.of(row.get(1)), List.of(Permission.of(row.get(2))), "test"));
        return tables.users().size();
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}

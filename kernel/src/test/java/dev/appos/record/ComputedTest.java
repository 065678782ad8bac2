package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.api.Expr;
import dev.appos.api.Expr.Function;
import dev.appos.base.Ref;
import dev.appos.base.Refusal;
import dev.appos.object.FieldDefinition;
import dev.appos.object.FieldTraits;
import dev.appos.object.Input;
import dev.appos.object.Origin;
import dev.appos.object.RecordDefinition;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import dev.appos.store.Migrations;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Columns that PostgreSQL computes, and how their definitions change.
class ComputedTest {

    private static final Ref BOX = new Ref("shop", "records", "box");
    private static final Expr A = new Expr.Part("a");
    private static final Expr B = new Expr.Part("b");
    private static final Expr SUM = Expr.of(Function.PLUS, A, B);
    private static final Expr QUOTIENT = Expr.of(Function.DIVIDED, A, B);

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    private static F total(Expr expr, boolean stored) {
        FieldDefinition field = FieldDefinition.of("total", "total", ValueType.DECIMAL)
                .with(new FieldTraits(false, stored));
        return new F(field.from(new Origin.Computed(expr, stored))).digits(18, 2);
    }

    private Plan apply(F total) {
        return house.schema.apply(house.database, Demo.snapshot(box(total)));
    }

    private static RecordDefinition box(F total) {
        return Demo.record("shop", "box", false,
                F.of("a", ValueType.INTEGER), F.of("b", ValueType.INTEGER), F.text("name", 20), total);
    }

    private void use(F total) {
        house.with(Demo.snapshot(box(total)));
        assertThat(house.schema.plan(house.database, Demo.snapshot(box(total))).upToDate()).isTrue();
    }

    private Object total(Integer a, Integer b) {
        Map<String, Object> row = new HashMap<>();
        row.put("a", a);
        row.put("b", b);
        return house.create(BOX, row).get("total");
    }

    private Object read(long id) {
        return ((Map<?, ?>) house.call(BOX, new Input.GetRecord(id, List.of()))).get("total");
    }

    @Test
    void whole_numbers_are_divided_with_all_digits_and_never_by_zero() {
        use(total(QUOTIENT, true));

        assertThat(total(7, 2)).isEqualTo(new BigDecimal("3.50"));
        assertThat(total(7, 0)).isNull();
        assertThat(total(null, 2)).isNull();
        house.empty();
        use(total(Expr.of(Function.TIMES, A, new Expr.Fixed(new BigDecimal("2147483647"))), true));
        assertThat(total(3, 1)).isEqualTo(new BigDecimal("6442450941.00"));
    }

    @Test
    void what_the_field_has_no_room_for_is_refused_and_no_fault_of_the_platform() {
        Expr cube = Expr.of(Function.TIMES, Expr.of(Function.TIMES, A, A), A);
        use(total(cube, true));

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> total(Integer.MAX_VALUE, 1));

        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.INVALID);
        assertThat(refusal.faults().getFirst().message()).contains("more than total has room for");
    }

    @Test
    void a_value_can_be_made_when_it_is_read() {
        use(total(SUM, false));

        assertThat(total(7, 2)).isEqualTo(new BigDecimal("9.00"));
        assertThat(read(1)).isEqualTo(new BigDecimal("9.00"));
    }

    @Test
    void another_way_to_compute_it_holds_for_the_rows_there_are_with_its_constraints() {
        use(total(SUM, true));
        total(7, 2);

        assertThat(apply(total(QUOTIENT, true)).refused()).isFalse();
        use(total(QUOTIENT, true));

        assertThat(read(1)).isEqualTo(new BigDecimal("3.50"));
        assertThat(house.count("select count(*) from pg_constraint where conname = 'boxes_total_key'")).isEqualTo(1);
        use(total(QUOTIENT, false));
        assertThat(read(1)).isEqualTo(new BigDecimal("3.50"));
    }

    @Test
    void values_of_its_own_are_not_lost_to_a_computed_field() {
        F plain = F.of("total", ValueType.DECIMAL).digits(10, 2);
        use(plain);
        house.create(BOX, Map.of("total", 5));

        Plan refused = apply(total(SUM, true));

        assertThat(refused.problems()).singleElement().satisfies(problem ->
                assertThat(problem.message()).contains("would be computed, and what 1 row has there would be lost"));
        assertThat(read(1)).isEqualTo(new BigDecimal("5.00"));
        house.empty();
        // The column goes, so somebody has to ask for it.
        assertThatThrownBy(() -> apply(total(SUM, true)))
                .isInstanceOf(Refusal.class).hasMessageContaining("drops shop.boxes.total, and has not run here");
        Dumps dumps = new Dumps(house.folder.resolve("dumps"), Clock.systemUTC());
        new AppSchema(new Migrations(house.database), house.folder.resolve("migrations"), dumps)
                .apply(house.database, Demo.snapshot(box(total(SUM, true))), Undeclared.DROP);
        use(total(SUM, true));
        assertThat(total(1, 1)).isEqualTo(new BigDecimal("2.00"));
        use(plain);
        assertThat(house.create(BOX, Map.of("total", 5)).get("total")).isEqualTo(new BigDecimal("5.00"));
    }
}

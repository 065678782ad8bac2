package dev.appos.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import dev.appos.object.ValueType;
import dev.appos.record.Demo.F;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes with a record is remembered like what is removed by name.
final class CascadeTest {

    private static final Ref SHIP = new Ref("sea", "records", "ship");
    private static final Ref CABIN = new Ref("sea", "records", "cabin");
    private static final Ref GUEST = new Ref("sea", "records", "guest");
    private static final Ref BAG = new Ref("sea", "records", "bag");

    private final House house = new House().with(Demo.snapshot(
            Demo.record("sea", "ship", false, F.text("name", 20)),
            Demo.record("sea", "cabin", false,
                    F.of("number", ValueType.INTEGER), F.to(SHIP, "ship", ReferentialAction.CASCADE).required()),
            Demo.record("sea", "guest", true,
                    F.text("name", 20),
                    F.to(CABIN, "cabin", ReferentialAction.CASCADE),
                    F.to(GUEST, "friend", ReferentialAction.CASCADE)),
            Demo.record("sea", "bag", true, F.text("name", 20), F.to(GUEST, "guest", ReferentialAction.SET_NULL))));

    @AfterEach
    void close() {
        house.close();
    }

    private List<?> history(Ref ref, long id) {
        return (List<?>) house.call(ref, new Lifecycle.History(id, 1));
    }

    @Test
    void the_history_tells_what_went_along_and_what_lost_its_reference() {
        house.create(SHIP, Map.of("name", "Fram"));
        house.create(CABIN, Map.of("number", 1, "ship_id", 1));
        house.create(GUEST, Map.of("name", "Roald", "cabin_id", 1));
        house.create(GUEST, Map.of("name", "Hjalmar", "friend_id", 1));
        house.call(GUEST, new Input.UpdateRecord(1, OptionalInt.empty(), Map.of("friend_id", 2)));
        house.create(BAG, Map.of("name", "Bag", "guest_id", 2));

        house.call(SHIP, new Input.DeleteRecord(1, OptionalInt.empty()));

        assertThat(house.count("select count(*) from sea.guests")).isZero();
        assertThat(history(GUEST, 1)).extracting("operation", "field_name", "changed_by")
                .containsExactly(tuple("delete", "_record", "ana"));
        assertThat(house.count("select count(*) from sea.guest_audit_log where operation = 'delete'")).isEqualTo(2);
        assertThat(history(BAG, 1)).extracting("operation", "field_name", "old_value", "new_value", "version")
                .containsExactly(tuple("update", "guest_id", 2, null, 2));
        assertThat((Map<?, ?>) house.call(BAG, new Input.GetRecord(1, List.of())))
                .extracting("guest_id", "version").containsExactly(null, 2);
    }

    @Test
    void a_removal_that_is_refused_leaves_no_history_of_what_would_have_gone() {
        house.create(SHIP, Map.of("name", "Fram"));
        house.create(CABIN, Map.of("number", 1, "ship_id", 1));
        house.create(GUEST, Map.of("name", "Roald", "cabin_id", 1));

        catchThrowable(() -> house.call(SHIP, new Input.DeleteRecord(1, OptionalInt.of(9))));

        assertThat(house.count("select count(*) from sea.guest_audit_log where operation = 'delete'")).isZero();
        assertThat(house.count("select count(*) from sea.guests")).isEqualTo(1);
    }
}

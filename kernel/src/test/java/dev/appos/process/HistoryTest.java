package dev.appos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HistoryTest {

    private static Entry entry(String path) {
        return Entry.running(path, "digest", 1, Entry.Content.NONE, Instant.EPOCH).done("1", "1", Instant.EPOCH);
    }

    @Test
    void a_step_too_many_is_refused() {
        List<Entry> full = IntStream.range(0, Bounds.STEPS_MOST).mapToObj(i -> entry("step#" + i)).toList();
        History history = new History(full, false);
        full.forEach(entry -> assertThat(history.ask("", entry.path(), "digest")).contains(entry));

        assertThatThrownBy(() -> history.ask("", "more", "digest")).isInstanceOf(BodyFault.class)
                .hasMessageContaining("10000").hasMessageContaining("another process");
    }

    @Test
    void a_branch_that_goes_on_alone_does_not_hold_up_the_body_and_is_held_to_its_own_way() {
        History history = new History(List.of(entry("p/alone/one"), entry("p/alone/two"), entry("p/with/one")), false);
        history.apart("p/alone/");

        assertThatThrownBy(() -> history.ask("", "next", "digest")).hasMessageContaining("p/with/one");
        history.ask("p/with/", "p/with/one", "digest");
        assertThat(history.ask("", "next", "digest")).isEmpty();
        history.ask("p/alone/", "p/alone/one", "digest");
        assertThatThrownBy(() -> history.ask("p/alone/", "p/alone/three", "digest"))
                .hasMessageContaining("p/alone/two").hasMessageContaining("p/alone/three");
    }
}

package dev.appos.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.appos.api.Cond;
import dev.appos.base.Refusal;
import dev.appos.dispatch.Origin;
import dev.appos.object.Input;
import dev.appos.object.Lifecycle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links between any number of records on both sides.
class LinksTest {

    private static final Map<String, String> SOURCES = Map.of(
            "blog/app.yaml", "groups: [staff]\nsecurity:\n  defaults:\n    logic: [staff]\n",
            "blog/records/Tag.java", """
                    @Record(view = "staff", create = "staff", delete = "staff")
                    record Tag(@NotBlank String name) {
                        @RowFilter static Cond open(TagRecords.Fields tag) { return tag.name().ne("secret"); }
                    }
                    """,
            "blog/records/Post.java", """
                    @ManyToMany(Tag.class)
                    @ManyToMany(value = Post.class, name = "related", inverse = "relatedBy",
                            onDelete = ReferentialAction.RESTRICT)
                    @Record(view = "staff", create = "staff", update = "staff", delete = "staff", audit = true)
                    record Post(@NotBlank String title) {}
                    """,
            "blog/rules/Rules.java", """
                    @ExpressionRule
                    long write(List<Long> tags) { return records.post.create(p -> p.title("code").tags(tags)); }
                    """);

    @TempDir
    Path folder;

    private AppHouse house;

    @BeforeEach
    void build() {
        house = new AppHouse(folder, SOURCES);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Object call(String user, String record, Input input) {
        return house.call(user, "blog.records." + record, input, Origin.NONE);
    }

    private Map<?, ?> create(String record, Map<String, Object> row) {
        // The administrator sees every tag and may make the secret one.
        Input input = new Input.CreateRecords(List.of(row));
        return (Map<?, ?>) ((List<?>) call("root", record, input)).getFirst();
    }

    private long tag(String name) {
        return (Long) create("tag", Map.of("name", name)).get("id");
    }

    private Map<?, ?> update(String user, long id, Map<String, Object> changes) {
        return (Map<?, ?>) call(user, "post", new Input.UpdateRecord(id, OptionalInt.empty(), changes));
    }

    private List<Long> linked(long post) {
        return house.world.database.read(sql -> sql.fetch(
                "select tag_id from blog.posts_tags where post_id = ? order by tag_id", post)).getValues(0, Long.class);
    }

    @Test
    void links_are_made_and_replaced_with_the_record_and_its_version_tells() {
        long a = tag("a");
        long b = tag("b");
        Map<?, ?> post = create("post", Map.of("title", "x", "tags", List.of(b, a, b)));
        long id = (Long) post.get("id");
        assertThat(post.get("tags")).isEqualTo(List.of(a, b));
        assertThat(post.get("version")).isEqualTo(1);
        assertThat(linked(id)).containsExactly(a, b);

        Map<?, ?> changed = update("ana", id, Map.of("tags", List.of(b)));

        assertThat(changed.get("version")).isEqualTo(2);
        assertThat(linked(id)).containsExactly(b);
        assertThat(update("ana", id, Map.of("tags", List.of(b))).get("version")).isEqualTo(2);
        assertThat(update("ana", id, Map.of("title", "y")).get("version")).isEqualTo(3);
        assertThat(linked(id)).containsExactly(b);
        Map<?, ?> history = (Map<?, ?>) ((List<?>) call("ana", "post", new Lifecycle.History(id, 2))).get(1);
        assertThat(history.get("field_name")).isEqualTo("tags");
        assertThat(history.get("old_value")).hasToString("[" + a + ", " + b + "]");
        long coded = (Long) house.run("ana", "blog.rules.write", Map.of("tags", List.of(a)));
        assertThat(linked(coded)).containsExactly(a);
    }

    @Test
    void who_cannot_see_a_record_neither_links_nor_unlinks_it() {
        long open = tag("open");
        long secret = tag("secret");
        long id = (Long) create("post", Map.of("title", "x", "tags", List.of(open, secret))).get("id");

        Refusal linked = catchThrowableOfType(Refusal.class, () ->
                update("ana", id, Map.of("tags", List.of(open, secret))));
        Refusal nothing = catchThrowableOfType(Refusal.class, () ->
                update("ana", id, Map.of("tags", List.of(open, 99999L))));

        assertThat(linked.faults().getFirst().message()).isEqualTo("leads nowhere: there is no tag " + secret);
        assertThat(nothing.faults().getFirst().message()).isEqualTo("leads nowhere: there is no tag 99999");
        update("ana", id, Map.of("tags", List.of()));
        assertThat(linked(id)).containsExactly(secret);
    }

    @Test
    void a_link_goes_with_its_ends_or_holds_them_as_declared() {
        long a = tag("a");
        long id = (Long) create("post", Map.of("title", "x", "tags", List.of(a))).get("id");
        call("ana", "tag", new Input.DeleteRecord(a, OptionalInt.empty()));
        assertThat(linked(id)).isEmpty();

        long other = (Long) create("post", Map.of("title", "y", "related", List.of(id))).get("id");
        Refusal held = catchThrowableOfType(Refusal.class, () ->
                call("ana", "post", new Input.DeleteRecord(id, OptionalInt.empty())));
        assertThat(held.reason()).isEqualTo(Refusal.Reason.CONFLICT);
        call("ana", "post", new Input.DeleteRecord(other, OptionalInt.empty()));
        call("ana", "post", new Input.DeleteRecord(id, OptionalInt.empty()));
    }

    @Test
    void rubbish_is_refused_in_its_place() {
        for (Object wrong : List.of(5, "1", Map.of(), List.of("x"), List.of(1.5), List.of(List.of(1)))) {
            Refusal refusal = catchThrowableOfType(Refusal.class, () ->
                    create("post", Map.of("title", "x", "tags", wrong)));
            assertThat(refusal.faults().getFirst().path()).startsWith("/tags");
        }
        create("post", Map.of("title", "x"));
        Refusal many = catchThrowableOfType(Refusal.class, () -> call("ana", "post", new Input.UpdateRecords(
                new Cond.Compare("title", Cond.Operator.EQ, "x"),
                Map.of("tags", List.of()), 10)));
        assertThat(many.faults().getFirst().code()).isEqualTo("single");
    }
}

package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.api.ReferentialAction;
import dev.appos.base.Ref;
import dev.appos.object.RecordDefinition;
import dev.appos.object.Relation.Kind;
import dev.appos.object.Relation.Links;
import dev.appos.object.Relation;
import dev.appos.registry.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a record says of other records.
class RelationsTest {

    private static final Ref POST = Ref.of("crm.records.post");
    private static final Ref TAG = Ref.of("crm.records.tag");

    @Test
    void relations_of_every_kind_are_read_and_links_are_seen_from_both_sides(@TempDir Path folder) {
        Snapshot snapshot = Apps.small(folder, new AppCompiler())
                .write("crm/records/Person.java", """
                        @HasMany(value = Post.class, name = "writings", by = "author")
                        @HasMany(value = Post.class, name = "reviews", by = "reviewer")
                        @HasOne(Profile.class)
                        @ManyToMany(value = Person.class, name = "friends", inverse = "friendOf")
                        @Record(view = "crm_users") record Person(@NotBlank String name) {}
                        """)
                .write("crm/records/Profile.java", """
                        @Record(view = "crm_users")
                        record Profile(@Unique @BelongsTo Person person, String motto) {}
                        """)
                .write("crm/records/Tag.java", "@Record(view = \"crm_users\") record Tag(@NotBlank String name) {}")
                .write("crm/records/Post.java", """
                        @Record(view = "crm_users")
                        @ManyToMany(value = Tag.class, onDelete = ReferentialAction.RESTRICT)
                        record Post(String title, @BelongsTo Person author, @BelongsTo Person reviewer) {}
                        """)
                .snapshot();

        assertThat(relations(snapshot, POST)).containsExactly(new Relation(
                "tags", "tags", Kind.MANY_TO_MANY, TAG, "post_id",
                Optional.of(new Links("crm", "posts_tags", "tag_id", true, ReferentialAction.RESTRICT))));
        assertThat(relations(snapshot, TAG)).containsExactly(new Relation(
                "posts", "posts", Kind.MANY_TO_MANY, POST, "tag_id",
                Optional.of(new Links("crm", "posts_tags", "post_id", false, ReferentialAction.RESTRICT))));
        assertThat(relations(snapshot, Ref.of("crm.records.person"))).extracting(Relation::name, Relation::column)
                .containsExactly(
                        Tuple.tuple("writings", "author_id"),
                        Tuple.tuple("reviews", "reviewer_id"),
                        Tuple.tuple("profile", "person_id"),
                        Tuple.tuple("friends", "person_id"),
                        Tuple.tuple("friend_of", "friends_id"));
    }

    private static List<Relation> relations(Snapshot snapshot, Ref ref) {
        return ((RecordDefinition) snapshot.find(ref).orElseThrow()).relations();
    }
}

package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Any number of records of another type are linked with any number of this type.
///
/// `@ManyToMany(Tag.class)` on `Post` makes the table of links `posts_tags`; the tags of a post are `tags`, the posts
/// of a tag are `posts`. Links are written on this side: `{"tags": [1, 2]}` replaces those of a post. A link goes when
/// either of its ends is deleted.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(ManyToMany.All.class)
public @interface ManyToMany {

    /// The other record; it may be the same one. A type of another app is written with its prefix.
    Class<?> value();

    /// What they are called from here; left out, the plural of the other record.
    String name() default "";

    /// What records of this type are called from there; left out, the plural of this record.
    String inverse() default "";

    /// What happens to a link when the other record is deleted: the link goes (`CASCADE`), or the other record cannot
    /// be deleted while it is linked (`RESTRICT`).
    ReferentialAction onDelete() default ReferentialAction.CASCADE;

    /// Several of them on one record.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {

        /// Each of them.
        ManyToMany[] value();
    }
}

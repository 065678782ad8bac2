package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A folder of documents, and who may do what with the documents in it.
///
/// ```java
/// @Folder(documentTypes = "application/pdf", view = "crm_users", create = "crm_users", delete = "crm_admins")
/// interface Contracts {}
/// ```
///
/// Each member that names a permission names the groups that hold it. `view` shows and downloads, `create` uploads,
/// `update` adds versions, renames and archives, `delete` removes a document with all its versions, `admin` may do all
/// of it and close the folder.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Folder {

    /// What a person or an agent reads about it.
    String description() default "";

    /// The media types it takes, found in the content and not in the name: `application/pdf`, `image/*`.
    String[] documentTypes() default "*/*";

    /// How much all versions of all its documents may take together, in mebibytes.
    int maxSizeMb() default 1000;

    /// Days after its last change at which a document is cleaned up; 0 keeps it for good.
    int cleanupDays() default 0;

    /// Whether clean-up archives first, and removes what has been archived for as long again.
    boolean archiveFirst() default true;

    String[] view() default {};

    String[] create() default {};

    String[] update() default {};

    String[] delete() default {};

    String[] admin() default {};
}

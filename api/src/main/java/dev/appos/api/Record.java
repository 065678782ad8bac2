package dev.appos.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a Java record a business record: a table, a REST resource, forms, and a tool for each granted operation.
///
/// ```java
/// @Record(audit = true, view = "crm_users", update = "crm_admins", display = "name", search = {"name", "email"})
/// record Customer(@NotBlank @Size(max = 120) String name, @Email String email, @BelongsTo Employee supportRep) {}
/// ```
///
/// The columns `id`, `version`, `created_at`, `created_by`, `updated_at` and `updated_by` are the platform's. A group
/// list that is left empty grants nothing; grants made by an administrator are added to what stands here.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Record {

    /// Keeps who changed which field, when, from what to what.
    boolean audit() default false;

    /// The groups that may read records.
    String[] view() default {};

    /// The groups that may create records.
    String[] create() default {};

    /// The groups that may change records.
    String[] update() default {};

    /// The groups that may delete records.
    String[] delete() default {};

    /// The groups that may do everything with the record type, which includes granting.
    String[] admin() default {};

    /// The fields that name a record to a person, in order: `{"firstName", "lastName"}`; left out, the first text.
    String[] display() default {};

    /// The text fields a search looks into; left out, those texts that name the record.
    String[] search() default {};

    /// Sets of fields that must be unique together, each written as one text: `"playlist, track"`.
    String[] unique() default {};

    /// Sets of fields that are often searched by together, each written as one text: `"status, dueOn"`. References,
    /// choices, unique fields and what names a record have their index without being named.
    String[] indexes() default {};

    /// Keeps deleted records for a while, so that they can be brought back.
    boolean softDelete() default false;

    /// How many days deleted records are kept.
    int trashDays() default 30;

    /// Keeps who saw which record, when.
    boolean auditReads() default false;

    /// Tells changes to those who follow them (`GET /api/v1/events`). Costs each change a row of its own.
    boolean live() default false;

    /// Lets files be attached to a record.
    boolean attachments() default false;

    /// Rules or processes of the app that are told when a record was created, after it is kept: `"welcome"`.
    String[] onCreate() default {};

    /// Rules or processes of the app that are told when a record was changed.
    String[] onUpdate() default {};

    /// Rules or processes of the app that are told when a record was deleted.
    String[] onDelete() default {};
}

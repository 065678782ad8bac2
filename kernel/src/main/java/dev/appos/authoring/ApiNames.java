package dev.appos.authoring;

import java.util.Set;

/// The public names of `dev.appos.api`, as authors meet them.
final class ApiNames {

    static final String PACKAGE = "dev.appos.api";

    /// Annotations that authors write; an app's own type of such a name would take the word away.
    static final Set<String> ANNOTATIONS = Set.of(
            "BeforeCreate", "BeforeDelete", "BeforeUpdate", "BelongsTo", "Computed", "Constant", "DecimalMax",
            "DecimalMin", "Default", "Digits", "Email", "ExpressionRule", "Folder", "Future", "FutureOrPresent",
            "HasMany", "HasOne", "Interface", "ManyToMany", "Max", "Min", "Negative", "NegativeOrZero",
            "NotBlank", "NotEmpty", "NotNull", "ObjectRef", "OnCreate", "OnDelete", "OnEvent", "OnUpdate",
            "OnView", "Page", "Past", "PastOrPresent", "Pattern", "Positive", "PositiveOrZero", "Process",
            "Record", "RenamedFrom", "Restricted", "RowFilter", "RunningNumber", "Schedule", "Size", "Unique",
            "Writes");

    /// Every other public type; an app's own type of such a name wins inside that app.
    static final Set<String> TYPES = Set.of(
            "Answer", "AppCode", "AppOsException", "Approval", "Backoff", "BooleanField", "Branch",
            "ByEnvironment", "Change", "ChoiceField", "Completed", "Cond",
            "Const", "Ctx", "DateField", "DecimalField", "Door",
            "Durations", "Expr", "Field", "Figure", "Flow", "Grouping", "InstantField", "InterfaceType",
            "LongField", "Many", "Money", "Node", "NumberField", "NumberValue", "OrderedField", "Projection",
            "Query", "RecordSet", "ReferentialAction", "Rejected", "Row", "Rule", "Rule0", "Rule1", "Rule2",
            "Rule3", "Rule4", "Screen", "Selection", "Start", "StepOptions", "TableUi", "Tabulation", "Task",
            "Term", "TextField", "TextValue", "Ui", "Value", "Words");

    /// Names that `java.lang` has too: the prelude settles them by single imports.
    static final Set<String> SHARED_WITH_JAVA_LANG = Set.of("Process", "Record");

    private ApiNames() {}

    static boolean contains(String name) {
        return TYPES.contains(name) || ANNOTATIONS.contains(name);
    }
}

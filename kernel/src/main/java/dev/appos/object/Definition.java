package dev.appos.object;

import dev.appos.base.Ref;

/// An object of an app as the platform knows it. The list is closed: whoever handles definitions switches over it, and
/// a new kind does not compile until everyone has said what it means to them.
public sealed interface Definition
        permits RecordDefinition,
                RuleDefinition,
                ConstantDefinition,
                ProcessDefinition,
                InterfaceDefinition,
                PageDefinition,
                FolderDefinition,
                PlatformDefinition {

    Ref ref();

    /// What a person or an agent reads about it, one sentence, maybe empty.
    String description();

    Access access();

    Source source();
}

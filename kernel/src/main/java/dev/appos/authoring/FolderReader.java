package dev.appos.authoring;

import dev.appos.api.Folder;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.FolderDefinition;
import dev.appos.object.FolderRules;
import dev.appos.object.Permission;
import dev.appos.object.Source;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.lang.model.element.TypeElement;

/// Makes the definitions of folders.
final class FolderReader {

    private static final Pattern MEDIA_TYPE = Pattern.compile(
            "\\*/\\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/(\\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126})");

    private static final long MEBIBYTE = 1024 * 1024;

    /// A million mebibytes.
    private static final int LARGEST_MB = 1_000_000;

    /// Ten years.
    private static final int LONGEST_DAYS = 3660;

    private final Attributed attributed;
    private final SourceFile file;
    private final AnnotationReader annotations;

    FolderReader(Attributed attributed, SourceFile file, AnnotationReader annotations) {
        this.attributed = attributed;
        this.file = file;
        this.annotations = annotations;
    }

    FolderDefinition read(Shape.FolderShape shape, TypeElement type) {
        Folder folder = type.getAnnotation(Folder.class);
        Access access = annotations.access(type, Folder.class, Permission.VIEW, Permission.CREATE, Permission.UPDATE,
                Permission.DELETE, Permission.ADMIN);
        if (!access.stated()) {
            attributed.faults().add(file, shape.offset(), "nobody may see the folder " + shape.name(),
                    "Say who may: @Folder(view = \"" + file.app() + "_users\", create = \"" + file.app()
                            + "_users\").");
        }
        for (AnnotationReader.Text text : annotations.texts(type, Folder.class, "documentTypes")) {
            if (!MEDIA_TYPE.matcher(text.value()).matches()) {
                attributed.faults().add(file, text.offset(), "\"" + text.value() + "\" is no media type",
                        "Write it like \"application/pdf\", \"image/*\" or \"*/*\".");
            }
        }
        between(shape, type, "maxSizeMb", folder.maxSizeMb(), 1, LARGEST_MB);
        between(shape, type, "cleanupDays", folder.cleanupDays(), 0, LONGEST_DAYS);
        FolderRules rules = new FolderRules(
                List.of(folder.documentTypes()),
                folder.maxSizeMb() * MEBIBYTE,
                folder.cleanupDays() > 0 ? OptionalInt.of(folder.cleanupDays()) : OptionalInt.empty(),
                folder.archiveFirst());
        return new FolderDefinition(Ref.of(shape.ref()), folder.description(), rules, access,
                new Source(file.path(), file.line(shape.offset())));
    }

    private void between(Shape.FolderShape shape, TypeElement type, String attribute, int value, int least, int most) {
        if (value < least || value > most) {
            int offset = annotations.texts(type, Folder.class, attribute).stream()
                    .map(AnnotationReader.Text::offset).findFirst().orElse(shape.offset());
            attributed.faults().add(file, offset, attribute + " is " + value,
                    "Write a number between " + least + " and " + most + ".");
        }
    }
}

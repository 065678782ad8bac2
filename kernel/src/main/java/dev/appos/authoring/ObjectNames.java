package dev.appos.authoring;

import dev.appos.api.ObjectRef;
import dev.appos.api.Writes;
import dev.appos.base.Names;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/// Tells which object of an app a name of Java stands for.
final class ObjectNames {

    private static final Set<String> GENERATED =
            Set.of("records", "rules", "constants", "processes", "interfaces", BodiesWriter.CLASS);

    /// An object that a name stands for, and what naming it there does with it.
    record Named(String ref, String access) {}

    private final Elements elements;
    private final Shape shape;

    ObjectNames(Elements elements, Shape shape) {
        this.elements = elements;
        this.shape = shape;
    }

    /// The object that is touched where this element is named, if one is.
    Optional<Named> named(Element element) {
        ObjectRef own = element.getAnnotation(ObjectRef.class);
        if (own != null) {
            return access(element, own.value()).map(access -> new Named(own.value(), access));
        }
        for (Element outer = element; outer instanceof Element && outer.getKind() != ElementKind.PACKAGE;
                outer = outer.getEnclosingElement()) {
            ObjectRef ref = outer.getAnnotation(ObjectRef.class);
            if (ref != null && ref.value().contains(".records.")) {
                return inside(element).map(access -> new Named(ref.value(), access));
            }
            if (ref != null) {
                return Optional.of(new Named(ref.value(), "execute"));
            }
            if (isRecord(outer)) {
                return Optional.of(new Named(record((TypeElement) outer), "type"));
            }
        }
        return Optional.empty();
    }

    /// The record set that a method is called on, if it is one.
    Optional<String> recordSet(TypeMirror receiver) {
        return receiver instanceof DeclaredType type && type.asElement().getAnnotation(ObjectRef.class) != null
                ? Optional.of(type.asElement().getAnnotation(ObjectRef.class).value())
                        .filter(ref -> ref.contains(".records."))
                : Optional.empty();
    }

    /// Whether a method of a record set only states a condition, and calls nothing.
    boolean states(Element element) {
        return element.getEnclosingElement().getSimpleName().contentEquals("Many");
    }

    boolean writes(Element element) {
        return element.getAnnotation(Writes.class) != null;
    }

    /// The method object that the element is the body of.
    Optional<ObjectKind> body(Element element) {
        if (element.getKind() != ElementKind.METHOD) {
            return Optional.empty();
        }
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) annotation.getAnnotationType().asElement();
            if (type.getQualifiedName().toString().startsWith(ApiNames.PACKAGE + ".")) {
                Optional<ObjectKind> kind = ObjectKind.ofAnnotation(type.getSimpleName().toString());
                if (kind.isPresent()) {
                    return kind;
                }
            }
        }
        return Optional.empty();
    }

    boolean isRecord(Element element) {
        return element.getKind() == ElementKind.RECORD && element.getAnnotation(dev.appos.api.Record.class) != null;
    }

    String record(TypeElement record) {
        return elements.getPackageOf(record) + ".records." + Names.snake(record.getSimpleName().toString());
    }

    /// Whether an author wrote the type, in whichever app.
    boolean written(TypeElement type) {
        TypeElement outermost = elements.getOutermostTypeElement(type);
        return shape.apps().containsKey(elements.getPackageOf(type).toString())
                && outermost.getAnnotation(ObjectRef.class) == null
                && !GENERATED.contains(outermost.getSimpleName().toString());
    }

    private Optional<String> access(Element element, String ref) {
        if (ref.contains(".interfaces.")) {
            return Optional.of("render");
        }
        if (ref.contains(".constants.") && element.getKind() == ElementKind.METHOD) {
            return Optional.of("read");
        }
        if (!ref.contains(".records.")) {
            return Optional.of("execute");
        }
        return element.getKind() == ElementKind.FIELD ? Optional.of("read") : Optional.empty();
    }

    /// Members of an accessor: setting a field of a change writes, comparing a field reads.
    private static Optional<String> inside(Element element) {
        Element owner = element.getEnclosingElement();
        boolean change = owner != null && owner.getSimpleName().contentEquals("Change");
        boolean member = element.getKind() == ElementKind.METHOD;
        return member ? Optional.of(change ? "write" : "read") : Optional.empty();
    }
}

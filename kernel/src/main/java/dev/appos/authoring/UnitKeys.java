package dev.appos.authoring;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/// Names each piece of author code, the same whether javac has it from source or from a class file.
final class UnitKeys {

    private final Elements elements;
    private final Types types;
    private final ObjectNames names;

    UnitKeys(Elements elements, Types types, ObjectNames names) {
        this.elements = elements;
        this.types = types;
        this.names = names;
    }

    /// The code of a class outside its methods and constants: what runs when one is made.
    String ofClass(TypeElement type) {
        return elements.getBinaryName(type) + "#";
    }

    /// A method or constant by itself; any other field belongs to its class.
    String ofMember(Element member) {
        TypeElement owner = (TypeElement) member.getEnclosingElement();
        if (member instanceof ExecutableElement method) {
            return ofClass(owner) + method.getSimpleName() + method.getParameters().stream()
                    .map(p -> types.erasure(p.asType()).toString()).collect(Collectors.joining(",", "(", ")"));
        }
        boolean constant = member.getKind() == ElementKind.FIELD
                && member.getModifiers().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL));
        return constant ? ofClass(owner) + member.getSimpleName() : ofClass(owner);
    }

    boolean isConstant(VariableTree tree) {
        boolean enumConstant = tree.toString().startsWith("/*public static final*/");
        return !enumConstant && tree.getModifiers().getFlags().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL));
    }

    String ofConstant(TypeElement owner, VariableTree tree) {
        return ofClass(owner) + tree.getName();
    }

    /// What a method does, without its annotations, layout and comments.
    String text(MethodTree tree) {
        return tree.getName() + "(" + tree.getParameters().stream().map(VariableTree::getName)
                .collect(Collectors.joining(",")) + ")" + tree.getBody();
    }

    String text(VariableTree tree) {
        return tree.getName() + "=" + tree.getInitializer();
    }

    String textOutsideMethods(ClassTree tree) {
        return tree.getMembers().stream()
                .filter(member -> !(member instanceof ClassTree || member instanceof MethodTree))
                .filter(member -> !(member instanceof VariableTree variable && isConstant(variable)))
                .map(Tree::toString).collect(Collectors.joining(";"));
    }

    /// Which methods of a type may run when something more general is called: the overridden method of an author, or
    /// the type as a whole where the platform or the JDK calls it.
    Map<String, Set<String>> overridden(TypeElement type) {
        Map<String, Set<String>> found = new HashMap<>();
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            supertypes(type, new LinkedHashSet<>()).forEach(general -> {
                for (ExecutableElement other : ElementFilter.methodsIn(general.getEnclosedElements())) {
                    if (elements.overrides(method, other, type)) {
                        String from = names.written(general) ? ofMember(other) : ofClass(type);
                        found.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(ofMember(method));
                    }
                }
            });
        }
        return found;
    }

    private Set<TypeElement> supertypes(TypeElement type, Set<TypeElement> found) {
        for (TypeMirror general : types.directSupertypes(type.asType())) {
            if (general instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element
                    && found.add(element)) {
                supertypes(element, found);
            }
        }
        return found;
    }
}

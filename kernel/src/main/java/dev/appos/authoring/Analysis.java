package dev.appos.authoring;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.appos.api.RowFilter;
import dev.appos.object.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/// Reads one attributed file: every name has a symbol and every expression a type. One walk finds what each piece of
/// code touches and calls, and the names that apps may not use.
final class Analysis extends TreePathScanner<Void, Void> {

    private final Attributed attributed;
    private final Trees trees;
    private final UnitKeys keys;
    private final ObjectNames names;
    private final Policy policy;
    private final Faults faults;
    private final SourceFile file;
    private final Edits edits;
    private final TextArguments texts;

    private final SortedMap<String, CodeUnit> units = new TreeMap<>();
    private final Map<String, Set<String>> objects = new LinkedHashMap<>();
    private final Map<String, Set<String>> overrides = new LinkedHashMap<>();
    private final Set<String> filters = new LinkedHashSet<>();

    private Optional<CodeUnit> unit = Optional.empty();
    private Optional<String> record = Optional.empty();
    private boolean inStep;

    /// Whether what stands before the dot was refused already: then what follows it is not told too.
    private boolean refusedBefore;

    Analysis(Attributed attributed, SourceFile file, Edits edits) {
        this.attributed = attributed;
        this.trees = attributed.trees();
        this.keys = attributed.keys();
        this.names = attributed.names();
        this.policy = attributed.policy();
        this.faults = attributed.faults();
        this.file = file;
        this.edits = edits;
        this.texts = new TextArguments(attributed, file, edits);
    }

    FileFacts read(CompilationUnitTree tree) {
        scan(tree, null);
        DefinitionReader reader = new DefinitionReader(attributed, file, edits, tree);
        List<FileFacts.GroupUse> groups = new ArrayList<>(texts.groups());
        List<Definition> definitions = reader.definitions();
        groups.addAll(reader.groups());
        return new FileFacts(
                units, objects, overrides, definitions, groups, filters, reader.listeners());
    }

    @Override
    public Void visitImport(ImportTree tree, Void unused) {
        if (edits.wrote(start(tree))) {
            return null;
        }
        String name = tree.getQualifiedIdentifier().toString();
        if (tree.isModule()) {
            refuse(tree, "module " + name, name.equals("java.base")
                    ? Optional.empty()
                    : Optional.of("Only java.base can be imported as a module."));
        } else if (name.endsWith(".*") && !tree.isStatic()) {
            refuse(tree, name, policy.refusePackage(name.substring(0, name.length() - 2)));
        } else {
            super.visitImport(tree, null);
        }
        return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
        if (unit.isPresent() || !(element() instanceof TypeElement type)) {
            return super.visitClass(tree, null);          // inside a method: part of that method
        }
        Optional<String> outer = record;
        if (names.isRecord(type)) {
            record = Optional.of(names.record(type));
        }
        CodeUnit own = unitOf(keys.ofClass(type), keys.textOutsideMethods(tree));
        keys.overridden(type).forEach(
                (key, by) -> overrides.computeIfAbsent(key, _ -> new LinkedHashSet<>()).addAll(by));
        within(own, () -> {
            scan(tree.getModifiers(), null);
            scan(tree.getTypeParameters(), null);
            scan(tree.getExtendsClause(), null);
            scan(tree.getImplementsClause(), null);
            scan(tree.getPermitsClause(), null);
        });
        for (Tree member : tree.getMembers()) {
            switch (member) {
                case ClassTree nested -> scan(nested, null);
                case MethodTree method -> scan(method, null);
                case VariableTree constant when keys.isConstant(constant) -> within(
                        unitOf(keys.ofConstant(type, constant), keys.text(constant)), () -> {
                            new Steadiness(attributed, this::hazard).constant(getCurrentPath(), constant);
                            scan(constant, null);
                        });
                default -> within(own, () -> scan(member, null));
            }
        }
        record = outer;
        return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
        if (unit.isPresent() || !(element() instanceof ExecutableElement method) || end(tree) < 0) {
            return super.visitMethod(tree, null);
        }
        String key = keys.ofMember(method);
        CodeUnit own = unitOf(key, keys.text(tree));
        names.body(method).ifPresent(kind -> attributed.shape(file, kind, method.getSimpleName().toString())
                .ifPresent(object -> objects.computeIfAbsent(object.ref(), _ -> new LinkedHashSet<>())
                        .addAll(List.of(key, keys.ofClass((TypeElement) method.getEnclosingElement())))));
        if (method.getAnnotation(RowFilter.class) != null) {
            filters.add(key);
        }
        within(own, () -> {
            new Steadiness(attributed, this::hazard).scan(getCurrentPath(), null);
            super.visitMethod(tree, null);
        });
        return null;
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
        // The type of a `var` is javac's own: it has no place in the author's text.
        boolean inferred = tree.getType() != null && end(tree.getType()) < 0;
        if (!inferred) {
            return super.visitVariable(tree, null);
        }
        scan(tree.getModifiers(), null);
        scan(tree.getInitializer(), null);
        return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        texts.check(tree, getCurrentPath());
        unit.ifPresent(u -> texts.signal(tree, getCurrentPath()).ifPresent(
                signal -> u.signals().put(signal.getKey(), signal.getValue())));
        if (!Steadiness.isStep(trees, getCurrentPath(), tree)) {
            return super.visitMethodInvocation(tree, null);
        }
        scan(tree.getTypeArguments(), null);
        scan(tree.getMethodSelect(), null);
        for (ExpressionTree argument : tree.getArguments()) {
            boolean outer = inStep;
            inStep |= argument instanceof LambdaExpressionTree || argument instanceof MemberReferenceTree;
            scan(argument, null);
            inStep = outer;
        }
        return null;
    }

    @Override
    public Void visitTry(TryTree tree, Void unused) {
        if (tree.getFinallyBlock() != null) {
            // It may leave by another way than the error's, and then goes on like code that catches.
            unit.ifPresent(CodeUnit::markCatching);
        }
        return super.visitTry(tree, null);
    }

    @Override
    public Void visitCatch(CatchTree tree, Void unused) {
        unit.ifPresent(CodeUnit::markCatching);
        TreePath parameter = new TreePath(getCurrentPath(), tree.getParameter());
        Tree type = tree.getParameter().getType();
        for (Tree one : type instanceof UnionTypeTree several ? several.getTypeAlternatives() : List.of(type)) {
            if (!inStep && trees.getElement(TreePath.getPath(parameter, one)) instanceof TypeElement caught) {
                Determinism.ofCatching(caught).ifPresent(hazard -> hazard(one, hazard));
            }
        }
        return super.visitCatch(tree, null);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void unused) {
        if (element() instanceof ExecutableElement constructor) {
            scan(tree.getIdentifier(), null);             // a refused class is told as such, not as its constructor
            called(tree.getIdentifier(), constructor);
            member(tree.getIdentifier(), constructor);
            if (constructor.getEnclosingElement() instanceof TypeElement owner && names.written(owner)) {
                calls(constructor, owner);
            }
        }
        return super.visitNewClass(tree, null);
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void unused) {
        name(tree, element(), Optional.empty());
        return null;
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        int before = faults.size();
        super.visitMemberSelect(tree, null);
        refusedBefore = faults.size() > before;
        name(tree, element(), Optional.of(tree.getExpression()));
        refusedBefore = false;
        return null;
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree tree, Void unused) {
        super.visitMemberReference(tree, null);
        name(tree, element(), Optional.of(tree.getQualifierExpression()));
        return null;
    }

    private void name(Tree tree, Element element, Optional<ExpressionTree> receiver) {
        if (element == null || element.asType().getKind() == TypeKind.ERROR || end(tree) < 0
                || edits.wrote(start(tree))) {
            return;
        }
        if (element instanceof TypeElement type) {
            refuse(tree, type.getQualifiedName().toString(), policy.refuseClass(binaryName(type)));
        }
        if (element instanceof ExecutableElement || element.getKind().isField()) {
            member(tree, element);
        }
        names.body(element).ifPresent(kind -> faults.add(file, offset(tree),
                "a direct call of " + element.getSimpleName() + " would pass by the door",
                kind.remedy(element.getSimpleName().toString())));
        if (element instanceof ExecutableElement called) {
            called(tree, called);
        }
        if (element.getEnclosingElement() instanceof TypeElement owner && names.written(owner)) {
            calls(element, owner);
        }
        uses(tree, element, receiver);
    }

    private void uses(Tree tree, Element element, Optional<ExpressionTree> receiver) {
        Optional<String> set = receiver.map(r -> typeOf(r)).flatMap(names::recordSet);
        boolean onSet = element.getKind() == ElementKind.METHOD && set.isPresent();
        if (onSet) {
            use(tree, set.get(), names.writes(element) ? "write" : "read", "");
            if (!names.states(element)) {
                callsOut(tree, set.get());
            }
        } else if (element.getKind() == ElementKind.METHOD && names.writes(element)) {
            unit.ifPresent(CodeUnit::markWriting);
        }
        names.named(element).ifPresent(named -> {
            boolean handedOn = !(named.access().equals("read") && element.getKind() == ElementKind.FIELD
                    && isReceiver(tree));
            if (handedOn) {
                boolean member = element.getKind() == ElementKind.METHOD;
                use(tree, named.ref(), named.access(), member ? element.getSimpleName().toString() : "");
                if (element.getKind() == ElementKind.FIELD || !named.ref().contains(".records.")) {
                    callsOut(tree, named.ref());
                }
            }
        });
    }

    private void use(Tree tree, String ref, String access, String member) {
        int offset = offset(tree);
        unit.ifPresent(u -> u.uses().add(new CodeUnit.Use(ref, access, file.path(), file.line(offset), member)));
    }

    private void callsOut(Tree tree, String ref) {
        int offset = offset(tree);
        unit.ifPresent(u -> u.callsOut().add(new CodeUnit.Hazard(
                "a row filter only states a condition, and this calls " + ref,
                "Reach through the fields instead: row.customer().status().eq(…).",
                file.path(), file.line(offset), file.column(offset))));
    }

    private void calls(Element element, TypeElement owner) {
        unit.ifPresent(u -> {
            Set<String> to = inStep ? u.callsInSteps() : u.calls();
            to.add(keys.ofMember(element));
            if (element.getKind() == ElementKind.CONSTRUCTOR || owner.getKind() == ElementKind.ENUM) {
                to.add(keys.ofClass(owner));
            }
        });
    }

    private void called(Tree tree, ExecutableElement called) {
        if (inStep) {
            return;
        }
        Determinism.of(called).ifPresent(hazard -> hazard(tree, hazard));
    }

    private void hazard(Tree tree, Determinism.Hazard hazard) {
        int offset = offset(tree);
        unit.ifPresent(u -> u.hazards().add(new CodeUnit.Hazard(
                hazard.message(), hazard.remedy(), file.path(), file.line(offset), file.column(offset))));
    }

    private void member(Tree tree, Element member) {
        if (member.getEnclosingElement() instanceof TypeElement owner) {
            boolean constructor = member.getKind() == ElementKind.CONSTRUCTOR;
            String name = constructor ? "<init>" : member.getSimpleName().toString();
            String what = (constructor ? "new " : "") + owner.getQualifiedName() + (constructor ? "" : "." + name);
            refuse(tree, what, policy.refuseMember(binaryName(owner), name));
        }
    }

    private boolean isReceiver(Tree tree) {
        Tree parent = getCurrentPath().getParentPath().getLeaf();
        return parent instanceof MemberSelectTree select && select.getExpression() == tree
                || parent instanceof MemberReferenceTree reference && reference.getQualifierExpression() == tree;
    }

    private TypeMirror typeOf(ExpressionTree receiver) {
        return trees.getTypeMirror(new TreePath(getCurrentPath(), receiver));
    }

    private CodeUnit unitOf(String key, String text) {
        record.ifPresent(ref -> objects.computeIfAbsent(ref, _ -> new LinkedHashSet<>()).add(key));
        return units.computeIfAbsent(key, _ -> new CodeUnit(text));
    }

    private void within(CodeUnit own, Runnable body) {
        Optional<CodeUnit> outer = unit;
        unit = Optional.of(own);
        body.run();
        unit = outer;
    }

    private void refuse(Tree tree, String what, Optional<String> remedy) {
        remedy.filter(_ -> !refusedBefore)
                .ifPresent(r -> faults.add(file, offset(tree), what + " is outside what an app may use", r));
    }

    /// Where a name stands in the author's text: of `a.b.c`, where `c` does.
    private int offset(Tree tree) {
        long position = switch (tree) {
            case MemberSelectTree select -> end(tree) - select.getIdentifier().length();
            case MemberReferenceTree reference when reference.getName().contentEquals("<init>") ->
                    end(tree) - "new".length();
            case MemberReferenceTree reference -> end(tree) - reference.getName().length();
            default -> start(tree);
        };
        return edits.toOriginal(position);
    }

    private String binaryName(TypeElement type) {
        return attributed.elements().getBinaryName(type).toString();
    }

    private Element element() {
        return trees.getElement(getCurrentPath());
    }

    private long start(Tree tree) {
        return trees.getSourcePositions().getStartPosition(getCurrentPath().getCompilationUnit(), tree);
    }

    private long end(Tree tree) {
        return trees.getSourcePositions().getEndPosition(getCurrentPath().getCompilationUnit(), tree);
    }
}

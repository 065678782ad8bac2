package dev.appos.authoring;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/// Finds in one method, outside its steps, what would let a process take another way when it runs again and is no
/// single call: collections in no order, state that outlives the run, locks, and hash codes of identity.
final class Steadiness extends TreePathScanner<Void, Void> {

    private static final String SORT = "Use List, LinkedHashSet, LinkedHashMap, TreeSet or TreeMap, or sort first.";
    private static final String KEEP = "Keep it in a record, in ctx.var, or hand it on as an argument.";

    private static final Set<String> WALKS = Set.of("forEach", "iterator", "toArray", "toString", "spliterator");

    /// What a stream can end in or pass through so that its order does not matter.
    private static final Set<String> ANY_ORDER = Set.of(
            "sorted", "count", "sum", "average", "summaryStatistics", "anyMatch", "allMatch", "noneMatch", "min",
            "max");
    private static final Set<String> ANY_ORDER_COLLECTORS = Set.of(
            "toSet", "toMap", "toUnmodifiableSet", "toUnmodifiableMap", "counting", "summingLong", "summingInt");

    private static final Set<String> SORTING = Set.of("java.util.TreeSet", "java.util.TreeMap",
            "java.util.PriorityQueue", "java.util.HashSet", "java.util.HashMap", "java.util.EnumMap");
    private static final Set<String> COPIES = Set.of("java.util.List.copyOf", "java.lang.String.join",
            "java.lang.String.valueOf", "java.util.Objects.toString");
    private static final Set<String> IN_ORDER = Set.of("java.util.List", "java.util.ArrayList", "java.util.LinkedList",
            "java.util.Deque", "java.util.ArrayDeque", "java.util.Queue", "java.util.LinkedHashSet");

    private static final Pattern CHANGEABLE = Pattern.compile(
            "java\\.util\\.\\w*(List|Set|Map|Deque|Queue|Vector|Stack|Random)|java\\.lang\\.StringBu\\w+");

    private final Trees trees;
    private final ObjectNames names;
    private final Unordered unordered;
    private final BiConsumer<Tree, Determinism.Hazard> found;
    private boolean inStep;

    /// @param found is told each place, and what is wrong with it
    Steadiness(Attributed attributed, BiConsumer<Tree, Determinism.Hazard> found) {
        this.trees = attributed.trees();
        this.names = attributed.names();
        this.unordered = new Unordered(trees);
        this.found = found;
    }

    /// Whether this runs code or a rule as a step.
    static boolean isStep(Trees trees, TreePath path, MethodInvocationTree tree) {
        Element called = trees.getElement(new TreePath(path, tree.getMethodSelect()));
        return called instanceof ExecutableElement && called.getEnclosingElement() instanceof TypeElement owner
                && switch (owner.getQualifiedName().toString()) {
                    case "dev.appos.api.Words" ->
                        List.of("step", "compensate").contains(called.getSimpleName().toString());
                    case "dev.appos.api.StepOptions" -> true;
                    default -> false;
                };
    }

    /// Looks at a constant: one that can change is state.
    void constant(TreePath owner, VariableTree constant) {
        if (constant.getInitializer() instanceof NewClassTree made
                && trees.getTypeMirror(new TreePath(new TreePath(owner, constant), made)) instanceof DeclaredType type
                && CHANGEABLE.matcher(type.asElement().toString()).matches()) {
            tell(constant, "the constant " + constant.getName() + " can change between the runs of the process %s",
                    "Make it with List.of, Set.of or Map.of. " + KEEP);
        }
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
        if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
            lock(method);
        }
        return super.visitMethod(method, null);
    }

    @Override
    public Void visitSynchronized(SynchronizedTree tree, Void unused) {
        lock(tree);
        return super.visitSynchronized(tree, null);
    }

    private void lock(Tree tree) {
        tell(tree, "a lock says nothing to the process %s: it runs again on any server",
                "Leave synchronized away; the body of a process has one thread, and each branch its own variables.");
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
        super.visitVariable(variable, null);
        unordered.made(getCurrentPath(), variable);
        return null;
    }

    @Override
    public Void visitAssignment(AssignmentTree assignment, Void unused) {
        super.visitAssignment(assignment, null);
        unordered.assigned(getCurrentPath(), assignment);
        element(assignment.getVariable());
        return null;
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree assignment, Void unused) {
        element(assignment.getVariable());
        textOf(assignment.getExpression(), assignment.getVariable());
        return super.visitCompoundAssignment(assignment, null);
    }

    @Override
    public Void visitUnary(UnaryTree unary, Void unused) {
        element(unary.getExpression());
        return super.visitUnary(unary, null);
    }

    /// An element of an array that is a constant is changed, or might be.
    private void element(Tree target) {
        if (target instanceof ArrayAccessTree access && trees.getElement(new TreePath(
                        new TreePath(getCurrentPath(), access), access.getExpression())) instanceof Element array
                && array.getKind().isField() && array.getModifiers().contains(Modifier.STATIC)) {
            tell(target, "what is written into " + array.getSimpleName() + " stays between the runs of the process %s",
                    KEEP);
        }
    }

    @Override
    public Void visitBinary(BinaryTree binary, Void unused) {
        if (binary.getKind() == Tree.Kind.PLUS) {
            textOf(binary.getLeftOperand(), binary);
            textOf(binary.getRightOperand(), binary);
        }
        return super.visitBinary(binary, null);
    }

    private void textOf(ExpressionTree part, Tree whole) {
        TreePath path = whole == getCurrentPath().getLeaf() ? getCurrentPath() : new TreePath(getCurrentPath(), whole);
        if (String.valueOf(trees.getTypeMirror(path)).equals("java.lang.String")
                && unordered.of(new TreePath(getCurrentPath(), part))) {
            order(part);
        }
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree loop, Void unused) {
        if (unordered.of(new TreePath(getCurrentPath(), loop.getExpression()))) {
            order(loop.getExpression());
        }
        return super.visitEnhancedForLoop(loop, null);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void unused) {
        String made = type(getCurrentPath());
        if (!SORTING.contains(made) && tree.getArguments().size() == 1 && made.startsWith("java.util.")
                && unordered.of(new TreePath(getCurrentPath(), tree.getArguments().getFirst()))) {
            order(tree.getArguments().getFirst());
        }
        return super.visitNewClass(tree, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (isStep(trees, getCurrentPath(), call)) {
            for (ExpressionTree argument : call.getArguments()) {
                boolean outer = inStep;
                inStep |= argument instanceof LambdaExpressionTree || argument instanceof MemberReferenceTree;
                scan(argument, null);
                inStep = outer;
            }
            return null;
        }
        called(call);
        return super.visitMethodInvocation(call, null);
    }

    private void called(MethodInvocationTree call) {
        TreePath select = new TreePath(getCurrentPath(), call.getMethodSelect());
        if (!(trees.getElement(select) instanceof ExecutableElement method)
                || !(method.getEnclosingElement() instanceof TypeElement owner)) {
            return;
        }
        String name = method.getSimpleName().toString();
        String type = owner.getQualifiedName().toString();
        boolean identity = name.equals("hashCode") && Set.of("java.lang.Object", "java.lang.Enum").contains(type);
        if (identity) {
            tell(call, "hashCode of " + owner.getSimpleName() + " is another when the process %s runs again",
                    "Compare with equals, or use a value of it: its name or id.");
        }
        if (call.getMethodSelect() instanceof MemberSelectTree member
                && unordered.of(new TreePath(select, member.getExpression()))
                && (WALKS.contains(name) || name.equals("stream") && inItsOrder(getCurrentPath()))) {
            order(member.getExpression());
        }
        boolean copies = COPIES.contains(type + "." + name) || name.equals("addAll")
                && call.getMethodSelect() instanceof MemberSelectTree list
                && IN_ORDER.contains(type(new TreePath(select, list.getExpression())));
        if (copies) {
            call.getArguments().stream()
                    .filter(argument -> unordered.of(new TreePath(getCurrentPath(), argument)))
                    .forEach(this::order);
        }
    }

    /// Whether the order of a stream can be seen in what becomes of it.
    private static boolean inItsOrder(TreePath stream) {
        TreePath at = stream;
        while (at.getParentPath().getLeaf() instanceof MemberSelectTree
                && at.getParentPath().getParentPath().getLeaf() instanceof MethodInvocationTree next) {
            String name = Unordered.name(next);
            boolean collects = name.equals("collect") && !next.getArguments().isEmpty()
                    && (next.getArguments().getFirst().toString().matches(".*Tree(Set|Map).*")
                            || next.getArguments().getFirst() instanceof MethodInvocationTree collector
                                    && ANY_ORDER_COLLECTORS.contains(Unordered.name(collector)));
            if (ANY_ORDER.contains(name) || collects) {
                return false;
            }
            at = at.getParentPath().getParentPath();
        }
        return true;
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void unused) {
        state(tree);
        return super.visitIdentifier(tree, null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
        state(tree);
        return super.visitMemberSelect(tree, null);
    }

    /// A field of a class or of an enum's constant is there for as long as the server is.
    private void state(Tree tree) {
        Element field = trees.getElement(getCurrentPath());
        if (field != null && field.getKind() == ElementKind.FIELD && !field.getModifiers().contains(Modifier.FINAL)
                && field.getEnclosingElement() instanceof TypeElement owner && names.written(owner)
                && (field.getModifiers().contains(Modifier.STATIC) || owner.getKind() == ElementKind.ENUM)) {
            tell(tree, "the variable " + field.getSimpleName() + " stays between the runs of the process %s", KEEP);
        }
    }

    private String type(TreePath path) {
        return trees.getTypeMirror(path) instanceof DeclaredType type ? type.asElement().toString() : "";
    }

    private void order(Tree tree) {
        tell(tree, "this collection comes in another order when the process %s runs again", SORT);
    }

    private void tell(Tree tree, String message, String remedy) {
        if (!inStep) {
            found.accept(tree, new Determinism.Hazard(message, remedy));
        }
    }
}

package dev.appos.authoring;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/// Knows of the expressions of one method which collections come in another order in another run of the program: those
/// that go by hash codes, and the immutable sets and maps of the JDK, which are salted anew at each start.
final class Unordered {

    private static final Set<String> TYPES = Set.of(
            "java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap");

    /// Static methods that make them, and from how many arguments on there is an order.
    private static final Map<String, Integer> MAKERS = Map.of(
            "java.util.Set.of", 2, "java.util.Map.of", 4, "java.util.Map.ofEntries", 2,
            "java.util.Set.copyOf", 1, "java.util.Map.copyOf", 1);

    private static final Set<String> COLLECTORS = Set.of(
            "toSet", "toMap", "toUnmodifiableSet", "toUnmodifiableMap", "groupingBy");

    /// What is seen of a map, or through another collection, comes in the order of that.
    private static final Set<String> VIEWS = Set.of("keySet", "values", "entrySet");

    private static final Set<String> WRAPPERS = Set.of(
            "unmodifiableSet", "unmodifiableMap", "unmodifiableCollection", "synchronizedSet", "synchronizedMap");

    private final Trees trees;
    private final Set<Element> variables = new HashSet<>();

    Unordered(Trees trees) {
        this.trees = trees;
    }

    /// Takes note of a variable that is made.
    void made(TreePath path, VariableTree variable) {
        if (variable.getInitializer() != null && of(new TreePath(path, variable.getInitializer()))) {
            variables.add(trees.getElement(path));
        }
    }

    /// Takes note of a variable that becomes something else.
    void assigned(TreePath path, AssignmentTree assignment) {
        Element variable = trees.getElement(new TreePath(path, assignment.getVariable()));
        if (variable != null && of(new TreePath(path, assignment.getExpression()))) {
            variables.add(variable);
        }
    }

    /// Whether this expression is a collection in no order.
    boolean of(TreePath path) {
        if (path.getLeaf() instanceof ExpressionTree && ofType(path)) {
            return true;
        }
        return switch (path.getLeaf()) {
            case ParenthesizedTree inside -> of(new TreePath(path, inside.getExpression()));
            case TypeCastTree cast -> of(new TreePath(path, cast.getExpression()));
            case ConditionalExpressionTree either -> of(new TreePath(path, either.getTrueExpression()))
                    || of(new TreePath(path, either.getFalseExpression()));
            case IdentifierTree _ -> ofVariable(path);
            case MemberSelectTree _ -> ofVariable(path);
            case MethodInvocationTree call -> made(path, call);
            case Tree _ -> false;
        };
    }

    private boolean ofType(TreePath path) {
        return trees.getTypeMirror(path) instanceof DeclaredType type
                && type.asElement() instanceof TypeElement element
                && TYPES.contains(element.getQualifiedName().toString());
    }

    private boolean ofVariable(TreePath path) {
        Element variable = trees.getElement(path);
        if (variables.contains(variable)) {
            return true;
        }
        // A constant of the same compilation; one of another file is only known by its type.
        return variable != null && variable.getKind().isField()
                && trees.getPath(variable) instanceof TreePath declared
                && declared.getLeaf() instanceof VariableTree constant && constant.getInitializer() != null
                && of(new TreePath(declared, constant.getInitializer()));
    }

    private boolean made(TreePath path, MethodInvocationTree call) {
        TreePath select = new TreePath(path, call.getMethodSelect());
        if (!(trees.getElement(select) instanceof ExecutableElement method)
                || !(method.getEnclosingElement() instanceof TypeElement owner)) {
            return false;
        }
        String name = method.getSimpleName().toString();
        int arguments = call.getArguments().size();
        int ordered = MAKERS.getOrDefault(owner.getQualifiedName() + "." + name, Integer.MAX_VALUE);
        if (arguments >= ordered) {
            return true;
        }
        if (owner.getQualifiedName().contentEquals("java.util.Collections") && WRAPPERS.contains(name)) {
            return of(new TreePath(path, call.getArguments().getFirst()));
        }
        boolean view = VIEWS.contains(name) && call.getMethodSelect() instanceof MemberSelectTree member
                && of(new TreePath(select, member.getExpression()));
        return view || name.equals("collect") && arguments == 1
                && call.getArguments().getFirst() instanceof MethodInvocationTree collector && unordered(collector);
    }

    /// Whether a collector makes a set or map in no order: the longest form of each is handed the map to use.
    static boolean unordered(MethodInvocationTree collector) {
        String name = name(collector);
        int most = name.equals("toMap") ? 3 : 2;
        return COLLECTORS.contains(name) && collector.getArguments().size() <= most;
    }

    static String name(MethodInvocationTree call) {
        return switch (call.getMethodSelect()) {
            case MemberSelectTree member -> member.getIdentifier().toString();
            case IdentifierTree alone -> alone.getName().toString();
            case Tree _ -> "";
        };
    }
}

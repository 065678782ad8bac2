package dev.appos.authoring;

import dev.appos.registry.Problem;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The same policy on class files: what javac wrote, whatever the source said. Bootstrap methods of the language itself
/// (lambdas, text building, records, switches over patterns) are allowed, but what they are handed is checked.
final class BytecodeCheck {

    private static final Set<String> BOOTSTRAPS = Set.of(
            "java.lang.invoke.LambdaMetafactory", "java.lang.invoke.StringConcatFactory",
            "java.lang.invoke.ConstantBootstraps", "java.lang.runtime.ObjectMethods",
            "java.lang.runtime.SwitchBootstraps");

    /// What javac hands to a switch over qualified enum constants.
    private static final Set<String> DESCRIPTIONS =
            Set.of("java.lang.constant.ClassDesc", "java.lang.Enum$EnumDesc");

    private final Policy policy;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private String file = "";
    private int line;

    private BytecodeCheck(Policy policy) {
        this.policy = policy;
    }

    /// What in these classes is outside what an app may use.
    static List<Problem> check(Collection<CompiledClass> classes, Policy policy) {
        BytecodeCheck check = new BytecodeCheck(policy);
        classes.forEach(c -> check.read(c.source(), ClassFile.of().parse(c.bytes())));
        return List.copyOf(check.problems);
    }

    private void read(String source, ClassModel model) {
        file = source;
        line = 1;
        model.superclass().ifPresent(s -> type(s.asSymbol()));
        model.interfaces().forEach(i -> type(i.asSymbol()));
        model.fields().forEach(f -> type(f.fieldTypeSymbol()));
        for (MethodModel method : model.methods()) {
            signature(method.methodTypeSymbol());
            method.code().ifPresent(code -> code.forEach(this::instruction));
        }
    }

    private void instruction(CodeElement element) {
        switch (element) {
            case LineNumber l -> line = l.line();
            case InvokeInstruction i -> {
                member(i.owner().asSymbol(), i.name().stringValue());
                signature(i.typeSymbol());
            }
            case FieldInstruction f -> {
                member(f.owner().asSymbol(), f.name().stringValue());
                type(f.typeSymbol());
            }
            case NewObjectInstruction n -> type(n.className().asSymbol());
            case NewReferenceArrayInstruction n -> type(n.componentType().asSymbol());
            case NewMultiArrayInstruction n -> type(n.arrayType().asSymbol());
            case TypeCheckInstruction t -> type(t.type().asSymbol());
            case ExceptionCatch c -> c.catchType().ifPresent(caught -> type(caught.asSymbol()));
            case ConstantInstruction.LoadConstantInstruction c -> constant(c.constantValue());
            case InvokeDynamicInstruction d -> {
                bootstrap(d.bootstrapMethod().owner());
                d.bootstrapArgs().forEach(this::constant);
            }
            default -> { }
        }
    }

    private void constant(ConstantDesc constant) {
        switch (constant) {
            case ClassDesc c -> type(c);
            case DirectMethodHandleDesc h when !DESCRIPTIONS.contains(name(h.owner())) -> {
                member(h.owner(), h.methodName());
                signature(h.invocationType());
            }
            case MethodTypeDesc t -> signature(t);
            case DynamicConstantDesc<?> d -> {
                bootstrap(d.bootstrapMethod().owner());
                d.bootstrapArgsList().forEach(this::constant);
            }
            default -> { }
        }
    }

    private void bootstrap(ClassDesc owner) {
        if (!BOOTSTRAPS.contains(name(owner))) {
            type(owner);
        }
    }

    private void signature(MethodTypeDesc signature) {
        type(signature.returnType());
        signature.parameterList().forEach(this::type);
    }

    private void type(ClassDesc type) {
        ClassDesc element = element(type);
        if (!element.isPrimitive()) {
            refused(name(element), policy.refuseClass(name(element)));
        }
    }

    private void member(ClassDesc owner, String member) {
        ClassDesc element = element(owner);
        if (!element.isPrimitive()) {
            refused(name(element) + "." + member, policy.refuseMember(name(element), member));
        }
    }

    private void refused(String what, Optional<String> remedy) {
        remedy.ifPresent(r ->
                problems.add(new Problem(file, line, 1, what + " is outside what an app may use", r)));
    }

    private static ClassDesc element(ClassDesc type) {
        ClassDesc element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        return element;
    }

    private static String name(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }
}

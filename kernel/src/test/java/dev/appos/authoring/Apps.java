package dev.appos.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.appos.registry.Problem;
import dev.appos.registry.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder of apps that a test writes: at first two small ones that know each other.
final class Apps {

    static final Path EXAMPLES = Path.of("..", "examples", "apps");

    private final Path folder;
    private final AppCompiler compiler;

    private Apps(Path folder, AppCompiler compiler) {
        this.folder = folder;
        this.compiler = compiler;
    }

    static Apps empty(Path folder) {
        return new Apps(folder, new AppCompiler());
    }

    /// crm with employees and customers, billing with invoices.
    static Apps small(Path folder, AppCompiler compiler) {
        return new Apps(folder, compiler)
                .write("crm/app.yaml", "groups: [crm_users, crm_admins]\n")
                .write("crm/records/Employee.java", """
                        @Record(view = "crm_users", display = "name")
                        record Employee(@NotBlank String name, @BelongsTo Employee reportsTo) {}
                        """)
                .write("crm/records/Customer.java", """
                        @Record(audit = true, view = "crm_users", create = "crm_admins", display = "name")
                        record Customer(
                                @NotBlank @Size(max = 40) String name,
                                @NotNull @Default("ACTIVE") Status status,
                                @BelongsTo Employee supportRep,
                                @Digits(fraction = 2) BigDecimal creditLimit) {
                            enum Status { ACTIVE, INACTIVE }
                        }
                        """)
                .write("crm/rules/Rules.java", """
                        @ExpressionRule
                        BigDecimal ltv(long customerId) {
                            return billing.records.invoice
                                    .where(i -> i.customerId().eq(customerId)).sum(i -> i.total());
                        }
                        """)
                .write("billing/app.yaml", "groups: [billing_users]\n")
                .write("billing/records/Invoice.java", """
                        @Record(view = "billing_users")
                        record Invoice(@BelongsTo crm.Customer customer, BigDecimal total, Status status) {
                            enum Status { OPEN, PAID }
                        }
                        """);
    }

    Path folder() {
        return folder;
    }

    AppCompiler compiler() {
        return compiler;
    }

    Apps write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Apps delete(String path) {
        try {
            Files.delete(folder.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Compilation compile() {
        return compiler.compile(folder);
    }

    /// What the apps compile to.
    Snapshot snapshot() {
        return success(compile());
    }

    List<Problem> problems() {
        return switch (compile()) {
            case Compilation.Failure failure -> failure.problems();
            case Compilation.Success _ -> List.of();
        };
    }

    static Snapshot success(Compilation compilation) {
        return switch (compilation) {
            case Compilation.Success success -> success.snapshot();
            case Compilation.Failure failure -> fail("it did not compile: %s", failure.problems());
        };
    }

    static void assertFailed(Compilation compilation) {
        assertThat(compilation).isInstanceOf(Compilation.Failure.class);
    }
}

package dev.appos.secure;

import dev.appos.api.InterfaceType;
import dev.appos.base.Ref;
import dev.appos.object.Access;
import dev.appos.object.AppDefinition;
import dev.appos.object.Definition;
import dev.appos.object.InterfaceDefinition;
import dev.appos.object.Permission;
import dev.appos.object.RecordDefinition;
import dev.appos.object.RuleDefinition;
import dev.appos.object.Source;
import dev.appos.registry.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Two small apps to decide about: definitions only.
public final class Apps {

    private static final Source SOURCE = new Source("test", 1);

    private Apps() {}

    /// `crm` opens to crm_users by its own word; billing only to groups that are linked to it.
    public static Snapshot snapshot() {
        AppDefinition crm = new AppDefinition(
                "crm", "CRM", "", List.of("crm_users"), Set.of("*"), Set.of("crm_ui"), Optional.empty());
        AppDefinition billing = new AppDefinition(
                "billing", "Billing", "", List.of(), Set.of(), Set.of(), Optional.empty());
        return new Snapshot(
                Map.of("crm", crm, "billing", billing),
                List.of(
                        record("crm.records.customer", Access.UNSTATED),
                        record("crm.records.customer_note", Access.UNSTATED),
                        record("crm.records.employee", new Access(Map.of(Permission.UPDATE, Set.of("crm_hr")))),
                        record("billing.records.invoice", Access.UNSTATED),
                        rule("crm.rules.customer_ltv", false, Access.UNSTATED),
                        rule("crm.rules.refund", true, new Access(Map.of(Permission.USE, Set.of("crm_admins")))),
                        rule("billing.rules.total", false, Access.UNSTATED),
                        new InterfaceDefinition(
                                Ref.of("crm.interfaces.customers"), Optional.empty(), InterfaceType.LIST,
                                Access.UNSTATED, SOURCE)),
                Map.of("crm", (_, _) -> "called", "billing", (_, _) -> "called"),
                List.of(),
                Map.of());
    }

    public static Definition definition(String ref) {
        return snapshot().find(ref).orElseThrow();
    }

    private static RecordDefinition record(String ref, Access access) {
        return RecordDefinition.of(Ref.of(ref), List.of(), access, SOURCE);
    }

    private static RuleDefinition rule(String ref, boolean writes, Access access) {
        return new RuleDefinition(Ref.of(ref), "", List.of(), "BigDecimal", writes, Optional.empty(), access, SOURCE);
    }
}

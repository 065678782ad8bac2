package dev.appos.insight;

import dev.appos.base.Ref;
import dev.appos.registry.Compiled;
import dev.appos.registry.Reference;
import dev.appos.registry.Snapshot;
import dev.appos.secure.Apps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The two small apps with references between them, in one version of their code or another.
final class Sources {

    static final Ref CUSTOMER = Ref.of("crm.records.customer");
    static final Ref LTV = Ref.of("crm.rules.customer_ltv");
    static final Ref REFUND = Ref.of("crm.rules.refund");
    static final Ref INVOICE = Ref.of("billing.records.invoice");

    private Sources() {}

    /// Everything at version 1 but what is named with another.
    static Snapshot at(Map<Ref, String> versions) {
        Snapshot apps = Apps.snapshot();
        Map<Ref, String> hashes = new HashMap<>();
        apps.definitions().forEach(definition -> hashes.put(definition.ref(), "1"));
        hashes.putAll(versions);
        return new Snapshot(
                apps.apps(),
                apps.definitions().stream().filter(each -> !hashes.get(each.ref()).isEmpty()).toList(),
                Map.of("crm", apps.code("crm"), "billing", apps.code("billing")),
                List.of(
                        new Reference(LTV, INVOICE, "read", "crm/rules/Rules.java", 3),
                        new Reference(REFUND, LTV, "execute", "crm/rules/Rules.java", 9)),
                Map.of(),
                new Compiled(hashes, _ -> Optional.empty()));
    }
}

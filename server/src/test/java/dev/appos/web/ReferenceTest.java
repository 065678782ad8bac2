package dev.appos.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appos.base.Refusal.Reason;
import dev.appos.docs.Document;
import dev.appos.identity.IdentitySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Keeps the addresses and refusals in the reference those there are.
class ReferenceTest {

    private static final Document REFERENCE = Document.at("docs/reference/reference.md");

    /// What the table says of routes that are not only for those who are logged in.
    private static final Map<String, String> WHO = Map.of("everybody", "everybody", "public", "granted");

    @Test
    void the_reference_has_every_address_and_no_other() {
        // Routes are only listed here, so none of what would serve them is needed.
        Routes routes = new Routes(
                new Routes.Parts(
                        null, null, null, null, IdentitySettings.DEFAULT, null, null,
                        new Routes.Files(null, null, null), null, null),
                "test", ServerSettings.DEFAULT, null);
        List<String> there = routes.all().stream()
                .map(route -> route.method() + " " + route.path().replace('<', '{').replace('>', '}') + " "
                        + route.who().name().toLowerCase(Locale.ROOT))
                .toList();
        List<String> methods = REFERENCE.cells("Addresses", 1);
        List<String> paths = REFERENCE.cells("Addresses", 2);
        List<String> who = REFERENCE.cells("Addresses", 3);
        List<String> written = new ArrayList<>();
        for (int i = 1; i < methods.size(); i++) {
            written.add(methods.get(i) + " " + paths.get(i) + " " + WHO.getOrDefault(who.get(i), "logged_in"));
        }
        assertThat(written).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void the_reference_has_every_reason_with_its_status() {
        List<String> reasons = REFERENCE.cells("Refusals", 1);
        List<String> statuses = REFERENCE.cells("Refusals", 2);
        List<String> written = new ArrayList<>();
        for (int i = 1; i < reasons.size(); i++) {
            written.add(reasons.get(i) + " " + statuses.get(i));
        }
        List<String> there = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            there.add(reason.name().toLowerCase(Locale.ROOT) + " " + Problems.status(reason));
        }
        assertThat(written).isEqualTo(there);
    }
}

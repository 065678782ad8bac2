package dev.appos.cli;

import dev.appos.base.Json;
import dev.appos.base.Plain;
import dev.appos.base.Refusal;
import dev.appos.boot.SecretFile;
import dev.appos.boot.Settings;
import dev.appos.store.Database;
import dev.appos.store.DatabaseSettings;
import dev.appos.store.EmbeddedPostgres;
import dev.appos.store.Migrations;
import dev.appos.trace.AuditCheck;
import dev.appos.trace.AuditCheck.Report;
import dev.appos.trace.AuditSeal;
import dev.appos.trace.LogFiles;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `appos logs verify`: whether the audit is as it was written.
@Command(name = "verify", description = "Tells which rows of the audit were edited, taken out, put in or moved.")
final class VerifyAudit implements Callable<Integer> {

    private static final int CONNECTIONS = 2;

    @Mixin
    private Home home;

    @Mixin
    private Where where;

    @Option(names = "--format", paramLabel = "text|json", description = "How to print it.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = where.settings(home.folder());
        Report report;
        if (settings.database().isPresent()) {
            report = check(settings, settings.database().get());
        } else {
            try (EmbeddedPostgres postgres = start(settings)) {
                report = check(settings, postgres.settings(CONNECTIONS));
            }
        }
        print(spec.commandLine().getOut(), report);
        return report.sound() ? 0 : 1;
    }

    private static EmbeddedPostgres start(Settings settings) {
        try {
            return EmbeddedPostgres.start(settings.state());
        } catch (Refusal refusal) {
            throw Refusal.unavailable(
                    String.valueOf(refusal.getMessage()),
                    "If it runs, ask it: GET /api/admin/audit/verify. " + refusal.remedy());
        }
    }

    private static Report check(Settings settings, DatabaseSettings server) {
        try (Database database = new Database(server)) {
            new Migrations(database).applyPlatform();
            LogFiles log = new LogFiles(settings.logs(), settings.log());
            AuditSeal seal = new AuditSeal(SecretFile.read(settings.state()).key(AuditSeal.PURPOSE));
            return database.read(sql -> AuditCheck.run(sql, seal, log));
        }
    }

    private void print(PrintWriter out, Report report) {
        if (format == Format.json) {
            out.println(Json.write(Plain.of(report)));
        } else {
            report.findings().forEach(finding -> out.println(
                    finding.what() + (finding.seq() == 0 ? "" : " at place " + finding.seq()) + ": " + finding.row()));
            String words = report.sound() ? "The audit is as it was written: " : report.found() + " findings; ";
            out.println(words + report.sealed() + " rows in the chain, " + report.unsealed() + " not yet in it.");
        }
        out.flush();
    }
}

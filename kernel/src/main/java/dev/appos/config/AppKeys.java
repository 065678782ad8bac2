package dev.appos.config;

import static dev.appos.config.Effect.LIVE;
import static dev.appos.config.Effect.NONE;
import static dev.appos.config.Effect.TOLD;

import dev.appos.config.KeyType.Access;
import dev.appos.config.KeyType.Decimal;
import dev.appos.config.KeyType.Flag;
import dev.appos.config.KeyType.Groups;
import dev.appos.config.KeyType.Text;
import java.util.List;

/// The keys of an app's `app.yaml`. Everything else about them follows from this table.
public final class AppKeys {

    private static final int SHORT = 200;
    private static final int LONG = 2_000;
    private static final double WIDEST_HUE = 360;

    /// Beyond this no screen shows a colour.
    private static final double STRONGEST_CHROMA = 0.4;

    private static final KeyType TEXT = new Text(SHORT);
    private static final String OWN_LOOK = "the console draws every app alike but for its one colour.";
    private static final String NO_APP_LOG = "the log is the platform's; see `logging` in `appos.yaml`.";

    /// All of them.
    public static final KeyTable TABLE = new KeyTable(List.of(
            Key.of("title", TEXT, "", LIVE, "What people call the app.").also("display_name"),
            Key.of("name", TEXT, "", LIVE, "The same, where there is no `title`."),
            Key.of("short_name", TEXT, "", LIVE, "Must be the folder's name."),
            Key.of("version", TEXT, "", TOLD, "The version of the app, in your own words."),
            Key.of("description", new Text(LONG), "", LIVE, "One sentence."),
            Key.of("groups", new Groups(), "", LIVE,
                    "The groups whose members may enter; those that do not exist are made."),
            Key.of("security.defaults.logic", new Access(), "", LIVE,
                    "Who may use rules that name no groups: a list, or a list for `use`."),
            Key.of("security.defaults.ui", new Access(), "", LIVE,
                    "Who may see screens that name no groups: a list, or a list for `view`; `*` is everybody who may "
                            + "enter."),
            Key.of("theme.hue", new Decimal(0, WIDEST_HUE), "", LIVE, "The app's colour, in degrees."),
            Key.of("theme.chroma", new Decimal(0, STRONGEST_CHROMA), "", LIVE, "How strong it is."),
            Key.of("theme.primary_color", PlatformKeys.COLOUR, "", LIVE,
                    "The app's colour, where there is no `theme.hue`; its lightness is the console's, so that "
                            + "everything stays legible."),
            Key.of("theme.secondary_color", PlatformKeys.COLOUR, "", NONE, OWN_LOOK),
            Key.of("theme.accent_color", PlatformKeys.COLOUR, "", NONE, OWN_LOOK),
            Key.of("theme.font_family", TEXT, "", NONE, OWN_LOOK),
            Key.of("theme.border_radius", TEXT, "", NONE, OWN_LOOK),
            Key.of("features.audit", new Flag(), "false", LIVE,
                    "Keeps changes field by field for every record of the app, not only those that say so."),
            Key.of("features.soft_delete", new Flag(), "false", NONE,
                    "a removed record is removed; where changes are kept, what it held can be read there."),
            Key.of("features.document_versioning", new Flag(), "false", NONE, "there are no documents yet."),
            Key.of("logging.process_logging", new Flag(), "true", NONE, NO_APP_LOG),
            Key.of("logging.audit_logging", new Flag(), "true", NONE, NO_APP_LOG),
            Key.of("logging.event_logging", new Flag(), "true", NONE, NO_APP_LOG),
            Key.of("db_connected_system", TEXT, "", NONE, "an app's tables are in the platform's database."),
            Key.of("environment", TEXT, "", NONE,
                    "the server says which environment it is; any key takes a value for each: "
                            + "`title: {dev: …, default: …}`.")));

    private AppKeys() {}
}

package dev.appos.object;

import dev.appos.base.Ref;

/// An entry of an app's navigation.
///
/// @param route the address below the app: `/customers`
/// @param title what the navigation calls it
/// @param icon  the name of an icon
public record PageDefinition(Ref ref, String route, String title, String icon, Access access, Source source)
        implements Definition {

    @Override
    public String description() {
        return title;
    }
}

package dev.appos.store;

import java.sql.Connection;
import java.sql.SQLException;

/// What is done right before a migration file of an app runs, in the same transaction if the file has one.
@FunctionalInterface
public interface BeforeFile {

    /// Does nothing.
    BeforeFile NOTHING = (_, _) -> {};

    /// Prepares for a file.
    ///
    /// @param file       its name: `V3__drop_boxes_fax.sql`
    /// @param connection the one it will run on; not to be closed
    void run(String file, Connection connection) throws SQLException;
}

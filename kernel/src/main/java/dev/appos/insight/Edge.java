package dev.appos.insight;

/// One uses another.
///
/// @param from   an object, an agent, or an address: `crm.rules.ltv`, `agent:refunds`, `/api/crm/v1/customers`
/// @param to     the object that is used
/// @param access `read`, `write`, `execute`, `render`, or `type` where one record is made of another
/// @param known  how it is known
record Edge(String from, String to, String access, Known known) {

    /// How a use is known.
    enum Known {
        /// The sources, or the skills of an agent, say it.
        STATED,
        /// A call showed it.
        SEEN,
        BOTH;

        Known and(Known other) {
            return this == other ? this : BOTH;
        }
    }
}

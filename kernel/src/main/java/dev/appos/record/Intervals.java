package dev.appos.record;

import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.impl.AbstractBinding;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;

/// Lengths of time as `interval`. What the platform writes has no months, so that it is as long as it says.
final class Intervals {

    private static final long NANOS_IN_MICRO = 1_000;

    /// As jOOQ binds and reads them; its own way loses the sign of what is shorter than a second.
    static final DataType<Duration> TYPE = SQLDataType.OTHER.asConvertedDataType(new Bound());

    private Intervals() {}

    /// As the driver reads them.
    static @Nullable Duration read(@Nullable Object interval) {
        return interval instanceof PGInterval found
                ? Duration.ofDays(found.getYears() * 365L + found.getMonths() * 30L + found.getDays())
                        .plusHours(found.getHours())
                        .plusMinutes(found.getMinutes())
                        .plusSeconds(found.getWholeSeconds())
                        .plusNanos(found.getMicroSeconds() * NANOS_IN_MICRO)
                : null;
    }

    private static final class Bound extends AbstractBinding<Object, Duration> {

        private static final long serialVersionUID = 1;

        @Override
        public Converter<Object, Duration> converter() {
            return Converter.ofNullable(Object.class, Duration.class, Intervals::read, Duration::toString);
        }

        @Override
        public void sql(BindingSQLContext<Duration> context) throws SQLException {
            context.render().sql("cast(").sql(context.variable()).sql(" as interval)");
        }

        @Override
        public void set(BindingSetStatementContext<Duration> context) throws SQLException {
            Duration value = context.value();
            context.statement().setObject(context.index(), value == null ? null : value.toString(), Types.OTHER);
        }

        @Override
        public void get(BindingGetResultSetContext<Duration> context) throws SQLException {
            context.value(read(context.resultSet().getObject(context.index())));
        }
    }
}

package dev.appos.authoring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The classes of `java.base` that an app may use, one by one. What is not listed is refused: neither files, network,
/// threads, processes, reflection nor class loading can be reached through these.
final class SafeClasses {

    private static final Set<String> ALL = new HashSet<>();
    private static final Map<String, String> BY_SIMPLE_NAME = new HashMap<>();

    static {
        add("java.lang", """
                AbstractMethodError Appendable ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException
                AssertionError AutoCloseable Boolean Byte CharSequence Character Class ClassCastException
                CloneNotSupportedException Cloneable Comparable Deprecated Double Enum Error Exception Float
                FunctionalInterface IllegalArgumentException IllegalStateException IncompatibleClassChangeError
                IndexOutOfBoundsException Integer Iterable Long MatchException Math NegativeArraySizeException
                NoSuchFieldError NullPointerException Number NumberFormatException Object Override Record Runnable
                RuntimeException SafeVarargs Short StackTraceElement StrictMath String StringBuffer StringBuilder
                StringIndexOutOfBoundsException SuppressWarnings System Throwable UnsupportedOperationException Void
                """);
        add("java.util", """
                AbstractCollection AbstractList AbstractMap AbstractQueue AbstractSequentialList AbstractSet ArrayDeque
                ArrayList Arrays Base64 BitSet Calendar Collection Collections Comparator
                ConcurrentModificationException Currency Date Deque DoubleSummaryStatistics EmptyStackException EnumMap
                EnumSet GregorianCalendar HashMap HashSet HexFormat IdentityHashMap IllegalFormatException
                IllformedLocaleException IntSummaryStatistics Iterator LinkedHashMap LinkedHashSet LinkedList List
                ListIterator Locale LongSummaryStatistics Map MissingResourceException NavigableMap NavigableSet
                NoSuchElementException Objects Optional OptionalDouble OptionalInt OptionalLong PrimitiveIterator
                PriorityQueue Queue Random RandomAccess SequencedCollection SequencedMap SequencedSet Set SimpleTimeZone
                SortedMap SortedSet Spliterator Spliterators SplittableRandom Stack StringJoiner StringTokenizer TimeZone
                TreeMap TreeSet UUID Vector
                """);
        add("java.math", "BigDecimal BigInteger MathContext RoundingMode");
        add("java.time", """
                Clock DateTimeException DayOfWeek Duration Instant InstantSource LocalDate LocalDateTime LocalTime Month
                MonthDay OffsetDateTime OffsetTime Period Year YearMonth ZoneId ZoneOffset ZonedDateTime
                """);
        add("java.time.format", """
                DateTimeFormatter DateTimeFormatterBuilder DateTimeParseException DecimalStyle FormatStyle ResolverStyle
                SignStyle TextStyle
                """);
        add("java.time.temporal", """
                ChronoField ChronoUnit IsoFields JulianFields Temporal TemporalAccessor TemporalAdjuster
                TemporalAdjusters TemporalAmount TemporalField TemporalQueries TemporalQuery TemporalUnit
                UnsupportedTemporalTypeException ValueRange WeekFields
                """);
        add("java.time.chrono", """
                ChronoLocalDate ChronoLocalDateTime ChronoPeriod ChronoZonedDateTime Chronology Era IsoChronology IsoEra
                """);
        add("java.text", """
                ChoiceFormat CompactNumberFormat Collator DateFormat DateFormatSymbols DecimalFormat
                DecimalFormatSymbols FieldPosition Format ListFormat MessageFormat Normalizer NumberFormat
                ParseException ParsePosition SimpleDateFormat
                """);
        add("java.util.function", """
                BiConsumer BiFunction BiPredicate BinaryOperator BooleanSupplier Consumer DoubleBinaryOperator
                DoubleConsumer DoubleFunction DoublePredicate DoubleSupplier DoubleToIntFunction DoubleToLongFunction
                DoubleUnaryOperator Function IntBinaryOperator IntConsumer IntFunction IntPredicate IntSupplier
                IntToDoubleFunction IntToLongFunction IntUnaryOperator LongBinaryOperator LongConsumer LongFunction
                LongPredicate LongSupplier LongToDoubleFunction LongToIntFunction LongUnaryOperator ObjDoubleConsumer
                ObjIntConsumer ObjLongConsumer Predicate Supplier ToDoubleBiFunction ToDoubleFunction ToIntBiFunction
                ToIntFunction ToLongBiFunction ToLongFunction UnaryOperator
                """);
        add("java.util.stream", """
                BaseStream Collector Collectors DoubleStream Gatherer Gatherers IntStream LongStream Stream
                """);
        add("java.util.regex", "MatchResult Matcher Pattern PatternSyntaxException");
        add("java.util.concurrent", "TimeUnit");
        add("java.nio.charset", "Charset StandardCharsets");
        add("java.io", "Serializable");
    }

    private SafeClasses() {}

    static Set<String> all() {
        return Set.copyOf(ALL);
    }

    static boolean contains(String outermost) {
        return ALL.contains(outermost);
    }

    /// Whether an app may use anything of the package.
    static boolean hasPackage(String name) {
        return ALL.stream().anyMatch(c -> c.substring(0, c.lastIndexOf('.')).equals(name));
    }

    /// `List` is `java.util.List`; the word itself if no safe class is called so.
    static String qualified(String simpleName) {
        return BY_SIMPLE_NAME.getOrDefault(simpleName, simpleName);
    }

    private static void add(String packageName, String names) {
        for (String name : names.strip().split("\\s+")) {
            ALL.add(packageName + "." + name);
            BY_SIMPLE_NAME.putIfAbsent(name, packageName + "." + name);
        }
    }
}

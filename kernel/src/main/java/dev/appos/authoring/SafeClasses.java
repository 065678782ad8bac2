package dev.appos.authoring;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The classes of `java.base` that an app may use, one by one. What is not listed is refused: neither files, network,
/// threads, processes, reflection nor class loading can be reached through these.
final class SafeClasses {

    private static final Map<String, String> PACKAGES = Map.ofEntries(
        Map.entry("java.lang", """
                AbstractMethodError Appendable ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException
                AssertionError AutoCloseable Boolean Byte CharSequence Character Class ClassCastException
                CloneNotSupportedException Cloneable Comparable Deprecated Double Enum Error Exception Float
                FunctionalInterface IllegalArgumentException IllegalStateException IncompatibleClassChangeError
                IndexOutOfBoundsException Integer Iterable Long MatchException Math NegativeArraySizeException
                NoSuchFieldError NullPointerException Number NumberFormatException Object Override Record Runnable
                RuntimeException SafeVarargs Short StackTraceElement StrictMath String StringBuffer StringBuilder
                StringIndexOutOfBoundsException SuppressWarnings System Throwable UnsupportedOperationException Void
                """),
        Map.entry("java.util", """
                AbstractCollection AbstractList AbstractMap AbstractQueue AbstractSequentialList AbstractSet ArrayDeque
                ArrayList Arrays Base64 BitSet Calendar Collection Collections Comparator
                ConcurrentModificationException Currency Date Deque DoubleSummaryStatistics EmptyStackException EnumMap
                EnumSet GregorianCalendar HashMap HashSet HexFormat IdentityHashMap IllegalFormatException
                IllformedLocaleException IntSummaryStatistics Iterator LinkedHashMap LinkedHashSet LinkedList List
                ListIterator Locale LongSummaryStatistics Map MissingResourceException NavigableMap NavigableSet
                NoSuchElementException Objects Optional OptionalDouble OptionalInt OptionalLong PrimitiveIterator
                PriorityQueue Queue Random RandomAccess SequencedCollection SequencedMap SequencedSet Set SimpleTimeZone
                SortedMap SortedSet Spliterator Spliterators SplittableRandom Stack StringJoiner StringTokenizer
                TimeZone TreeMap TreeSet UUID Vector
                """),
        Map.entry("java.math", "BigDecimal BigInteger MathContext RoundingMode"),
        Map.entry("java.time", """
                Clock DateTimeException DayOfWeek Duration Instant InstantSource LocalDate LocalDateTime LocalTime Month
                MonthDay OffsetDateTime OffsetTime Period Year YearMonth ZoneId ZoneOffset ZonedDateTime
                """),
        Map.entry("java.time.format", """
                DateTimeFormatter DateTimeFormatterBuilder DateTimeParseException DecimalStyle FormatStyle ResolverStyle
                SignStyle TextStyle
                """),
        Map.entry("java.time.temporal", """
                ChronoField ChronoUnit IsoFields JulianFields Temporal TemporalAccessor TemporalAdjuster
                TemporalAdjusters TemporalAmount TemporalField TemporalQueries TemporalQuery TemporalUnit
                UnsupportedTemporalTypeException ValueRange WeekFields
                """),
        Map.entry("java.time.chrono", """
                ChronoLocalDate ChronoLocalDateTime ChronoPeriod ChronoZonedDateTime Chronology Era IsoChronology IsoEra
                """),
        Map.entry("java.text", """
                ChoiceFormat CompactNumberFormat Collator DateFormat DateFormatSymbols DecimalFormat
                DecimalFormatSymbols FieldPosition Format ListFormat MessageFormat Normalizer NumberFormat
                ParseException ParsePosition SimpleDateFormat
                """),
        Map.entry("java.util.function", """
                BiConsumer BiFunction BiPredicate BinaryOperator BooleanSupplier Consumer DoubleBinaryOperator
                DoubleConsumer DoubleFunction DoublePredicate DoubleSupplier DoubleToIntFunction DoubleToLongFunction
                DoubleUnaryOperator Function IntBinaryOperator IntConsumer IntFunction IntPredicate IntSupplier
                IntToDoubleFunction IntToLongFunction IntUnaryOperator LongBinaryOperator LongConsumer LongFunction
                LongPredicate LongSupplier LongToDoubleFunction LongToIntFunction LongUnaryOperator ObjDoubleConsumer
                ObjIntConsumer ObjLongConsumer Predicate Supplier ToDoubleBiFunction ToDoubleFunction ToIntBiFunction
                ToIntFunction ToLongBiFunction ToLongFunction UnaryOperator
                """),
        Map.entry("java.util.stream", """
                BaseStream Collector Collectors DoubleStream Gatherer Gatherers IntStream LongStream Stream
                """),
        Map.entry("java.util.regex", "MatchResult Matcher Pattern PatternSyntaxException"),
        Map.entry("java.util.concurrent", "TimeUnit"),
        Map.entry("java.nio.charset", "Charset StandardCharsets"),
        Map.entry("java.io", "Serializable"));

    /// The full name of each by its simple one; no two share one.
    private static final Map<String, String> BY_SIMPLE_NAME = PACKAGES.entrySet().stream()
            .flatMap(e -> Arrays.stream(e.getValue().strip().split("\\s+")).map(name -> e.getKey() + "." + name))
            .collect(Collectors.toUnmodifiableMap(name -> name.substring(name.lastIndexOf('.') + 1), name -> name));

    private static final Set<String> ALL = Set.copyOf(BY_SIMPLE_NAME.values());

    private SafeClasses() {}

    static Set<String> all() {
        return ALL;
    }

    static boolean contains(String outermost) {
        return ALL.contains(outermost);
    }

    /// Whether an app may use anything of the package.
    static boolean hasPackage(String name) {
        return PACKAGES.containsKey(name);
    }

    static boolean hasName(String simpleName) {
        return BY_SIMPLE_NAME.containsKey(simpleName);
    }

    /// `List` is `java.util.List`; the word itself if no safe class is called so.
    static String qualified(String simpleName) {
        return BY_SIMPLE_NAME.getOrDefault(simpleName, simpleName);
    }
}

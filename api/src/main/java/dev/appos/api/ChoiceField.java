package dev.appos.api;

/// One of an author's constants in a query.
public final class ChoiceField<E extends Enum<E>> extends Field<E> {

    private final Class<E> type;

    public ChoiceField(String path, Class<E> type) {
        super(path);
        this.type = type;
    }

    @Override
    E read(Object value) {
        return value == null ? null : Enum.valueOf(type, (String) value);
    }
}

package com.sipstack.asterisk.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** The columns of a record class, read once by reflection and used through method handles. */
final class RecordShape<R extends Record> {
    private final MethodHandle constructor;
    private final List<Slot> slots;
    private final List<ColumnType> types = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** Where the columns that no component claims are put; -1 if there is no such component. */
    private final int rest;

    private RecordShape(MethodHandle constructor, List<Slot> slots) {
        this.constructor = constructor;
        this.slots = slots;
        forEachColumn((name, type) -> {
            places.put(name, types.size());
            names.add(name);
            types.add(type);
        });
        this.rest = types.indexOf(ColumnType.REST);
    }

    /** A record component: a column, or a nested record whose columns stand beside its owner's. */
    private record Slot(String name, MethodHandle accessor, ColumnType type, RecordShape<?> nested) {}

    /** One row's values, as they are found. Whoever finds a column twice means the later value. */
    final class Values {
        private final Object[] found = new Object[types.size()];
        private final Map<String, String> unclaimed = new LinkedHashMap<>();

        /**
         * @param value text, a number or its text; null for none
         * @throws RowFormatException if the value is not of its column's type
         */
        void put(String column, Object value) {
            Integer place = places.get(column);
            if (place == null) {
                putUnclaimed(column, value);
            } else if (place != rest) {
                found[place] = types.get(place).fromConnect(column, value);
            } else if (value instanceof Map<?, ?> earlier) {
                // An earlier reader had put them under the component's own name
                earlier.forEach(this::putUnclaimed);
            }
        }

        private void putUnclaimed(Object column, Object value) {
            if (rest >= 0 && value != null) {
                unclaimed.put(column.toString(), value.toString());
            }
        }

        R toRecord() {
            if (rest >= 0) {
                found[rest] = unclaimed;
            }
            return construct(found, 0);
        }
    }

    static <R extends Record> RecordShape<R> of(Class<R> type) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        List<Slot> slots = new ArrayList<>();
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                MethodHandle accessor = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
                slots.add(slot(components[i], accessor));
            }
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordShape<>(constructor, List.copyOf(slots));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be read as a row", e);
        }
    }

    private static Slot slot(RecordComponent component, MethodHandle accessor) {
        if (component.getType().isRecord()) {
            return new Slot("", accessor, null, of(component.getType().asSubclass(Record.class)));
        }
        return new Slot(columnName(component), accessor, ColumnType.of(component.getType()), null);
    }

    private static String columnName(RecordComponent component) {
        Column column = component.getAnnotation(Column.class);
        return column != null
                ? column.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    void forEachColumn(BiConsumer<String, ColumnType> consumer) {
        for (Slot slot : slots) {
            if (slot.nested() != null) {
                slot.nested().forEachColumn(consumer);
            } else {
                consumer.accept(slot.name(), slot.type());
            }
        }
    }

    void write(Object row, BiConsumer<String, Object> columns) {
        for (Slot slot : slots) {
            Object value = access(slot, row);
            if (slot.nested() != null) {
                slot.nested().write(value, columns);
            } else {
                columns.accept(slot.name(), slot.type().toConnect(value));
            }
        }
    }

    R read(Map<String, ?> columns) {
        Values values = new Values();
        columns.forEach(values::put);
        return values.toRecord();
    }

    private static Object access(Slot slot, Object row) {
        try {
            return slot.accessor().invokeExact(row);
        } catch (Throwable e) {
            throw new IllegalStateException("component " + slot.name() + " cannot be read", e);
        }
    }

    /** @param from where the record's own columns begin among all */
    private R construct(Object[] all, int from) {
        Object[] values = new Object[slots.size()];
        int next = from;
        for (int i = 0; i < values.length; i++) {
            RecordShape<?> nested = slots.get(i).nested();
            values[i] = nested == null ? all[next] : nested.construct(all, next);
            next += nested == null ? 1 : nested.types.size();
        }
        return construct(values);
    }

    @SuppressWarnings("unchecked") // the constructor is R's own
    private R construct(Object[] values) {
        try {
            Object row = constructor.invokeExact(values);
            return (R) row;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("row cannot be constructed", e);
        }
    }
}

package com.sipstack.asterisk.model;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The columns of a record class, read once by reflection and used through method handles. */
final class RecordShape<R extends Record> {
    private final MethodHandle constructor;
    private final List<Slot> slots;
    private final Set<String> columnNames;

    private RecordShape(MethodHandle constructor, List<Slot> slots) {
        this.constructor = constructor;
        this.slots = slots;
        Set<String> names = new HashSet<>();
        forEachColumn((name, type) -> names.add(name));
        this.columnNames = Set.copyOf(names);
    }

    /** A record component: a column, or a nested record whose columns stand beside its owner's. */
    private record Slot(String name, MethodHandle accessor, ColumnType type, RecordShape<?> nested) {}

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
        return read(columns, columnNames);
    }

    private R read(Map<String, ?> columns, Set<String> allNames) {
        Object[] values = new Object[slots.size()];
        for (int i = 0; i < values.length; i++) {
            Slot slot = slots.get(i);
            if (slot.nested() != null) {
                values[i] = slot.nested().read(columns, allNames);
            } else if (slot.type() == ColumnType.REST) {
                values[i] = unclaimed(columns, slot.name(), allNames);
            } else {
                values[i] = slot.type().fromConnect(slot.name(), columns.get(slot.name()));
            }
        }
        return construct(values);
    }

    /** The columns that no component claims, together with those that an earlier reader had put under the component's own name. */
    private static Map<String, String> unclaimed(Map<String, ?> columns, String ownName, Set<String> claimed) {
        Map<String, String> rest = new LinkedHashMap<>();
        if (columns.get(ownName) instanceof Map<?, ?> earlier) {
            earlier.forEach((name, value) -> putText(rest, name, value));
        }
        if (columns.size() > claimed.size() || !claimed.containsAll(columns.keySet())) {
            columns.forEach((name, value) -> {
                if (!claimed.contains(name)) {
                    putText(rest, name, value);
                }
            });
        }
        return rest;
    }

    private static void putText(Map<String, String> rest, Object name, Object value) {
        if (value != null) {
            rest.put(name.toString(), value.toString());
        }
    }

    private static Object access(Slot slot, Object row) {
        try {
            return slot.accessor().invokeExact(row);
        } catch (Throwable e) {
            throw new IllegalStateException("component " + slot.name() + " cannot be read", e);
        }
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

package com.sipstack.asterisk.stubapi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last so many of something, oldest first. Thread safe. */
final class RecentList<T> {
    private final int most;
    private final Deque<T> items = new ArrayDeque<>();

    RecentList(int most) {
        this.most = most;
    }

    synchronized void add(T item) {
        if (items.size() == most) {
            items.removeFirst();
        }
        items.addLast(item);
    }

    synchronized List<T> toList() {
        return List.copyOf(items);
    }

    synchronized void clear() {
        items.clear();
    }
}

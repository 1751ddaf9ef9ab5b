package com.sipstack.asterisk.source.database;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the servers of a class's tests, and of those nested in it, run in containers. */
final class InContainers implements BeforeAllCallback, AfterAllCallback {
    private static boolean isOn;

    /** Whether the tests that run now want containers. */
    static boolean isOn() {
        return isOn;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        isOn = true;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        isOn = false;
    }
}

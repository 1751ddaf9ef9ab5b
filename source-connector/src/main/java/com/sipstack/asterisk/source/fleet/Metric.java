package com.sipstack.asterisk.source.fleet;

import java.util.function.ToDoubleFunction;

/**
 * A figure that a worker shows.
 *
 * @param name with its unit, where it has one
 * @param value from what is counted; NaN while there is nothing to tell; called by any thread
 */
public record Metric<C>(String name, String description, ToDoubleFunction<C> value) {}

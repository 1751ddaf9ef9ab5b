package com.sipstack.asterisk.source.database;

import java.time.ZoneId;
import java.util.Optional;

/**
 * How a PBX's time zone is known.
 *
 * @param fixed empty if the rows are to tell it
 * @param fallback while no row has told it
 */
public record ZoneRule(Optional<ZoneId> fixed, ZoneId fallback) {}

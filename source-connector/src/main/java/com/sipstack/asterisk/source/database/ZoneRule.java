package com.sipstack.asterisk.source.database;

import com.sipstack.asterisk.source.fleet.SettingRule;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How a PBX's time zone is known.
 *
 * @param fixed empty if the rows are to tell it
 * @param fallback while no row has told it
 */
public record ZoneRule(Optional<ZoneId> fixed, ZoneId fallback) {
    /** As settings have it. */
    public static ZoneRule parse(String zone, String fallback) {
        return new ZoneRule(
                zone.equals(SettingRule.AUTO) ? Optional.empty() : Optional.of(ZoneId.of(zone)), ZoneId.of(fallback));
    }
}

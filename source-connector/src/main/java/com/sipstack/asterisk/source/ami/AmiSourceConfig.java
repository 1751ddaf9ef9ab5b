package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.model.Topics;
import com.sipstack.asterisk.source.database.ZoneRule;
import com.sipstack.asterisk.source.fleet.Fleet;
import com.sipstack.asterisk.source.fleet.FleetConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;

/** The connector's settings. */
public final class AmiSourceConfig extends FleetConfig {
    static final Fleet FLEET = new Fleet(AmiSettings.ALL, "pbxs.east.ami.host");
    /** After so many silent intervals of pings a connection is dead. */
    private static final int SILENT_PINGS = 3;

    /** @throws org.apache.kafka.common.config.ConfigException if a single setting breaks its rule */
    public AmiSourceConfig(Map<String, String> settings) {
        super(FLEET.definition(settings), settings);
    }

    /** The keys that do not depend on the PBXs' names. */
    public static ConfigDef definition() {
        return FLEET.definition();
    }

    List<AmiPbx> pbxs() {
        return names().stream().map(this::pbx).toList();
    }

    private AmiPbx pbx(String name) {
        Duration pingInterval = millis(name, AmiSettings.PING_INTERVAL);
        return new AmiPbx(
                name,
                login(name, pingInterval.multipliedBy(SILENT_PINGS)),
                Set.copyOf(list(name, AmiSettings.EVENTS)),
                pingInterval,
                millis(name, AmiSettings.STALL_MAX),
                zone(name),
                new Topics(text(name, AmiSettings.TOPIC_PREFIX)));
    }

    private AmiLogin login(String pbx, Duration readTimeout) {
        return new AmiLogin(
                text(pbx, AmiSettings.HOST),
                getInt(keyInUse(pbx, AmiSettings.PORT)),
                text(pbx, AmiSettings.USER),
                getPassword(keyInUse(pbx, AmiSettings.SECRET)),
                text(pbx, AmiSettings.LOGIN).equals(AmiSettings.PLAIN),
                tls(pbx),
                millis(pbx, AmiSettings.CONNECT_TIMEOUT),
                readTimeout);
    }

    private Optional<AmiLogin.Tls> tls(String pbx) {
        String authorities = text(pbx, AmiSettings.TLS_AUTHORITIES);
        return getBoolean(keyInUse(pbx, AmiSettings.TLS))
                ? Optional.of(
                        new AmiLogin.Tls(authorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(authorities))))
                : Optional.empty();
    }

    private ZoneRule zone(String pbx) {
        return ZoneRule.parse(text(pbx, AmiSettings.TIMEZONE), text(pbx, AmiSettings.TIMEZONE_FALLBACK));
    }
}

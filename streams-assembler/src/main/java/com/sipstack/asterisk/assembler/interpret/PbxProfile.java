package com.sipstack.asterisk.assembler.interpret;

import static java.util.Objects.requireNonNull;

/**
 * What configuration says of a PBX.
 *
 * @param customerId SIPSTACK's customer; null if not configured
 * @param tenant of calls whose rows do not tell one; may be empty
 * @param hostname the PBX's name for SIPSTACK
 * @param numbering how its numbers are written
 * @param routes which trunks and contexts lead outside and inside
 * @param tenants whose calls are whose
 * @param story what its documents may tell
 * @param recordings where its recordings lie: the directory that relative names start from
 */
public record PbxProfile(
        Integer customerId,
        String tenant,
        String hostname,
        NumberingPlan numbering,
        RouteRules routes,
        TenantRules tenants,
        StoryRules story,
        String recordings) {
    /** Where Asterisk keeps recordings unless told otherwise. */
    public static final String RECORDINGS = "/var/spool/asterisk/monitor";

    public PbxProfile {
        requireNonNull(tenant, "tenant is null");
        requireNonNull(hostname, "hostname is null");
        requireNonNull(numbering, "numbering is null");
        requireNonNull(routes, "routes is null");
        requireNonNull(tenants, "tenants is null");
        requireNonNull(story, "story is null");
        requireNonNull(recordings, "recordings is null");
    }

    /** A PBX of which nothing but name and country is configured. */
    public static PbxProfile of(String hostname, String country) {
        return new PbxProfile(
                null,
                "",
                hostname,
                NumberingPlan.of(country),
                RouteRules.NONE,
                TenantRules.NONE,
                StoryRules.DEFAULT,
                RECORDINGS);
    }

    public PbxProfile with(NumberingPlan other) {
        return new PbxProfile(customerId, tenant, hostname, other, routes, tenants, story, recordings);
    }

    public PbxProfile with(RouteRules other) {
        return new PbxProfile(customerId, tenant, hostname, numbering, other, tenants, story, recordings);
    }

    public PbxProfile with(TenantRules other) {
        return new PbxProfile(customerId, tenant, hostname, numbering, routes, other, story, recordings);
    }

    public PbxProfile with(StoryRules other) {
        return new PbxProfile(customerId, tenant, hostname, numbering, routes, tenants, other, recordings);
    }
}

package com.sipstack.asterisk.allinone.doctor;

/** Looks at one area. */
interface Check {
    Area area();

    /**
     * Looks, and tells as it goes, so that what was found is known even if the rest hangs.
     *
     * @throws Exception if something fails that the check has no better words for; it counts as an error
     */
    void run(Findings out) throws Exception;
}

package com.sipstack.asterisk.model;

import java.util.regex.Pattern;

/** The rule for a PBX's name, which is the key of everything that the PBX says. */
public final class Pbx {
    /** The rule in words, for error messages. */
    public static final String NAME_RULE = "1 to 64 letters, digits, dots, underscores or hyphens";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Pbx() {}

    public static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /**
     * @return the name itself
     * @throws IllegalArgumentException if the name breaks {@link #NAME_RULE}
     */
    public static String requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("PBX name '" + name + "' must be " + NAME_RULE);
        }
        return name;
    }
}

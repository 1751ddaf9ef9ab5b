package com.sipstack.asterisk.model;

/** The rule for a PBX's name, which is the key of everything that the PBX says. */
public final class Pbx {
    /** The rule in words, for error messages. */
    public static final String NAME_RULE = "1 to 64 letters, digits, dots, underscores or hyphens";

    private static final int LONGEST = 64;

    private Pbx() {}

    public static boolean isName(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        // Asked for each row: a pattern would cost more than all else that is asked of the name
        for (int i = 0; i < name.length(); i++) {
            if (!isInNames(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInNames(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
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

package com.sipstack.asterisk.model;

/**
 * A CDR's {@code clid}: {@code "name" <number>}, with backslash escapes inside the quotes.
 *
 * @param name empty if there is none
 * @param number empty if there is none
 */
public record Clid(String name, String number) {
    /** Reads any text: what is not in the form counts as a number if it has no letter, else as a name. */
    public static Clid parse(String clid) {
        String text = clid == null ? "" : clid.strip();
        int open = text.lastIndexOf('<');
        if (open >= 0 && text.endsWith(">")) {
            return new Clid(unquote(text.substring(0, open).strip()), text.substring(open + 1, text.length() - 1));
        }
        boolean isNumber = text.chars().noneMatch(Character::isLetter);
        return isNumber && !text.startsWith("\"") ? new Clid("", text) : new Clid(unquote(text), "");
    }

    private static String unquote(String text) {
        String inner = text.startsWith("\"") ? text.substring(1) : text;
        StringBuilder name = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\' && i + 1 < inner.length()) {
                name.append(inner.charAt(++i));
            } else if (c == '"') {
                break;
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}

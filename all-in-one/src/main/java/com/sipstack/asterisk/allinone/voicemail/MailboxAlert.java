package com.sipstack.asterisk.allinone.voicemail;

/** What is said of a mailbox that fills up. Asterisk keeps 100 messages unless {@code maxmsg} says otherwise. */
enum MailboxAlert {
    NONE("", ""),
    NEARLY_FULL("Warning: Mailbox nearly full", "alert-warning"),
    FULL("Mailbox full: please delete messages", "alert-danger");

    private static final int NEARLY = 75;
    private static final int ALL = 100;

    private final String text;
    private final String cssClass;

    MailboxAlert(String text, String cssClass) {
        this.text = text;
        this.cssClass = cssClass;
    }

    static MailboxAlert of(int messages) {
        return messages >= ALL ? FULL : messages >= NEARLY ? NEARLY_FULL : NONE;
    }

    String text() {
        return text;
    }

    String cssClass() {
        return cssClass;
    }
}

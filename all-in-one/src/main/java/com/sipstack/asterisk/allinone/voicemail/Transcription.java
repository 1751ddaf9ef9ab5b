package com.sipstack.asterisk.allinone.voicemail;

/**
 * What the API heard.
 *
 * @param text what was said
 * @param html a whole mail text; null where the API leaves it to us
 * @param subject null to keep the mail's own
 */
record Transcription(String text, String html, String subject) {}

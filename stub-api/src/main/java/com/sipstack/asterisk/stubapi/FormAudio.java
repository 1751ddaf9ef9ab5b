package com.sipstack.asterisk.stubapi;

/**
 * The file in a form.
 *
 * @param fileName empty if it had none
 * @param contentType empty if it had none
 * @param bytes its length
 * @param sha256 in lower-case hex
 */
record FormAudio(String fileName, String contentType, long bytes, String sha256) {}

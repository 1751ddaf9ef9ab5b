/**
 * The call document: one JSON object for each call, SIPSTACK's fields under their own names and ours beside them. Java groups
 * them by subject, the JSON is flat. Absent means unknown or not so. Seconds are decimals but {@code duration_seconds},
 * instants are ISO-8601 in UTC.
 */
package com.sipstack.asterisk.model.document;

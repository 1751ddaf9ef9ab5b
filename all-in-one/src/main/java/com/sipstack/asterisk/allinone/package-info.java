/**
 * The {@code sipstack} command: everything that a shop with one PBX needs, in one process and from one file of settings.
 */
package com.sipstack.asterisk.allinone;

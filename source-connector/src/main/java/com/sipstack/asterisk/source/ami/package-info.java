/**
 * Listens to the manager interface (AMI) of any number of PBXs. Asterisk replays nothing: what it said while nobody listened is lost
 * here, and is declared as a gap. The library asterisk-java speaks the protocol; events are taken from its socket before it parses
 * them, because its event classes drop headers that they do not know and turn words such as {@code unknown} into null.
 */
package com.sipstack.asterisk.source.ami;

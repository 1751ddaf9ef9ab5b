/** Blows to every part between a PBX's tables and the API, dealt by a seed, and whether every call survives them. */
package com.sipstack.asterisk.allinone.faultlab;

/**
 * A PBX in a box: the rows of a real Asterisk's calls, its tables in a database that starts by itself, and a player that writes
 * those calls again with fresh identities and times. For the demo and for tests.
 */
package com.sipstack.asterisk.demopbx;

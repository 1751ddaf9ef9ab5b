/** {@code sipstack migrate}: from an incumbent's {@code .env} to connectors and an assembler in a cluster. */
package com.sipstack.asterisk.allinone.migrate;

/** {@code sipstack dlq}: reads the dead-letter topic, and has what is in it delivered after all. */
package com.sipstack.asterisk.assembler.dlq;

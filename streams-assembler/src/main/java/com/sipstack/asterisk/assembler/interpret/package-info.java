/**
 * Pure functions from a call's rows to its document: no Kafka, no clock, no state. Rows may come in any order, be it a part of
 * them or all.
 */
package com.sipstack.asterisk.assembler.interpret;

/** The assembler as a process of its own, beside a Streams app that copies the same bytes through a state store. */
package com.sipstack.asterisk.benchmarks.assembler;

/** Calls from a PBX's tables to the API's receipt, through the packed command, beside loops that do each stage's bare minimum. */
package com.sipstack.asterisk.benchmarks.endtoend;

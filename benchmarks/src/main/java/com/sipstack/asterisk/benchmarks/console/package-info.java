/** {@code benchmarks/run console}: what thousands of calls on the console's board cost. */
package com.sipstack.asterisk.benchmarks.console;

/** The console: a page that shows calls as they are and were. It reads topics, and owns nothing. */
package com.sipstack.asterisk.assembler.console;

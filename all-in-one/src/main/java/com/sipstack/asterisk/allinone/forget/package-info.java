/** {@code sipstack forget}: erases calls, or all calls of a number, from what is stored. */
package com.sipstack.asterisk.allinone.forget;

/**
 * What every room agrees on: the rows that Asterisk writes, the call document made of them, identity, topics and letters
 * to the dead-letter queue. No I/O happens here.
 */
package com.sipstack.asterisk.model;

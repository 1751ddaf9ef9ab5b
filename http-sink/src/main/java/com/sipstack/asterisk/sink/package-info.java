/**
 * Ships call documents from Kafka to the SIPSTACK API: in order for each call, calls side by side, nothing lost. The task's thread
 * reads documents and hands them to a dispatcher; the HTTP client's threads bring back what became of them.
 */
package com.sipstack.asterisk.sink;

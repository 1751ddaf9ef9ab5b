/**
 * A Kafka broker and a Connect worker inside this JVM: what a shop with one PBX runs instead of a cluster, and what integration
 * tests run against. Everything listens on loopback only.
 */
package com.sipstack.asterisk.embedded;

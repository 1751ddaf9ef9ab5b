/**
 * Assembles calls: reads the rows of all PBXs, keeps those of each call together, and writes a document whenever there is
 * something new to tell. A Kafka Streams application; what the rows mean is found in {@code interpret}.
 */
package com.sipstack.asterisk.assembler;

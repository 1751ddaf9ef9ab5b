package com.sipstack.asterisk.sink;

import java.net.InetSocketAddress;
import org.apache.kafka.common.config.types.Password;

/**
 * The HTTP proxy between us and the API. TLS goes through it as a tunnel.
 *
 * @param address unresolved: the name is looked up for every connection
 * @param user empty if the proxy asks for none
 */
record HttpProxy(InetSocketAddress address, String user, Password password) {}

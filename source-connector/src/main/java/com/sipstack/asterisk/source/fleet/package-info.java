/** What the source connectors share: the configuration of many PBXs, and the way of their records to Connect's thread. */
package com.sipstack.asterisk.source.fleet;

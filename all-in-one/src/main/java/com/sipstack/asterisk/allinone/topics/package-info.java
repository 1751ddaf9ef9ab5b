/** {@code sipstack topics}: what a cluster must have of topics, their settings and ACLs, and what it lacks of it. */
package com.sipstack.asterisk.allinone.topics;

package org.ogm4j.host;

/**
 * A vertex of a running network that reads it without being part of it, as a probe does: whatever
 * the network's own vertices do, they do as if it were not there.
 */
public interface Bystander {}

/**
 * What a saved network holds about its modulation: records that DL4J writes to JSON with the rest
 * of the configuration.
 */
package org.ogm4j.plan;

/**
 * What belongs to what in a plain configuration: encoders, fusion, heads, trunk and probes, and
 * what stands in the way of modulating them.
 */
package org.ogm4j.trace;

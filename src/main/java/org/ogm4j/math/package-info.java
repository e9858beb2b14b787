/**
 * Ratios, row weights and random numbers, in double. Nothing here knows arrays of ND4J or networks
 * of DL4J.
 */
package org.ogm4j.math;

/**
 * The arithmetic of the method, in double. Nothing here knows arrays of ND4J or networks of DL4J.
 *
 * <pre>
 * DiscrepancyRatio   scores to rho
 * RowWeights         k and z to the weights of examples
 * CounterGaussian    z, from seed, iteration and modality
 * CounterUniform     the same generator, uniform numbers
 * Ziggurat           the same generator, normal numbers for long arrays
 * HeadRows           which rows of a head's weights read one modality
 * Checks             checks of values that users give
 * </pre>
 */
package org.ogm4j.math;

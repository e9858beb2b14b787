/**
 * Prediction modulation: features that are dropped on their way into the fusion.
 *
 * <pre>
 * DropEdges     in {@code modulate}: where features enter the fusion, and what stands in the way
 * FeatureDrop   in training: rates from ratios, and factors on the features of each example
 * </pre>
 */
package org.ogm4j.drop;

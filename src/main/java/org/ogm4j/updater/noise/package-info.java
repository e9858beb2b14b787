/**
 * The noise of the steps of decorated updaters: how much, and where it is drawn.
 *
 * <pre>
 * VarianceEstimate   Var(g) of each parameter, one of
 *   MomentsVariance    moments: from running means of g and its square
 *   TensorVariance     tensorStd: from the entries of one weight tensor's gradient
 * Gaussians          standard normal numbers for a block of parameters
 * Span               part of a block of parameters
 * Axpy, Scratch      arithmetic without temporary arrays
 * </pre>
 */
package org.ogm4j.updater.noise;

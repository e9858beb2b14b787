/**
 * The noise of the steps of decorated updaters: how much.
 *
 * <pre>
 * VarianceEstimate   Var(g) of each parameter, one of
 *   MomentsVariance    moments: from running means of g and its square
 *   TensorVariance     tensorStd: from the entries of one weight tensor's gradient
 * Span               part of a block of parameters
 * Scratch            temporary numbers
 * </pre>
 */
package org.ogm4j.updater.noise;

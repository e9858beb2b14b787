/**
 * Decorated updaters, for encoders whose coefficient or noise cannot act on the error signal.
 *
 * <p>Configuration: {@code ModulatedUpdater} on encoders, {@code HeadUpdater} on heads. At work:
 * {@code LinearStep} changes the gradient, {@code AdaptiveStep} the finished step, {@code
 * AdamVariantStep} is the Adam variant, {@code HeadMemory} remembers the head's gradient for it.
 * {@code UpdaterSteps} hands them the factors of a step. Noise: {@code VarianceEstimate} says how
 * much, {@code Gaussians} draws it.
 */
package org.ogm4j.updater;

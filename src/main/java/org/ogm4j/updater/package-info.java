/**
 * Decorated updaters, for encoders whose coefficient or noise cannot act on the error signal.
 *
 * <p>Configuration: {@code ModulatedUpdater} on encoders, {@code HeadUpdater} on heads. At work:
 * {@code LinearGradientUpdater} changes the gradient, {@code AdaptiveGradientUpdater} the finished
 * step, {@code AdamVariantGradientUpdater} is the Adam variant, {@code HeadGradientUpdater}
 * remembers the head's gradient for it. {@code BlockUpdaters} hands them the factors of a step.
 * Noise: {@code VarianceEstimate} says how much, {@code Gaussians} draws it.
 */
package org.ogm4j.updater;

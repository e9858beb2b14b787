/**
 * Decorated updaters, for encoders whose coefficient or noise cannot act on the error signal.
 *
 * <pre>
 * configuration (UpdaterDecorator)   running
 * ModulatedUpdater, on encoders      ModulatedGradientUpdater, one of
 *                                      LinearGradientUpdater       Sgd, Nesterovs: k g + h
 *                                      AdaptiveGradientUpdater     others: k u + xi
 *                                      AdamVariantGradientUpdater  Adam: the variant
 * HeadUpdater, on heads              HeadGradientUpdater: remembers the head's gradient for p
 *
 * BlockUpdaters      finds them in a network, and hands them the StepFactors of a step
 * RawGradientBlock   shows a RawGradientReader the gradient before L1 and L2
 * Preconditioner     what DL4J's adaptive updaters average, and what they divide by
 * StateView          the state of a block: of the updater inside, and of its decorator
 * </pre>
 *
 * <p>How much noise, and where it is drawn: {@link org.ogm4j.updater.noise}.
 */
package org.ogm4j.updater;

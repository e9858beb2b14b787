package org.ogm4j.examples.network;

/**
 * Macro-averaged F1 scores, in [0, 1]; NaN where a network gives no such answer.
 *
 * @param fused from both modalities
 * @param audio from the sound alone
 * @param visual from the image alone
 */
public record MacroF1(double fused, double audio, double visual) {}

package org.ogm4j.examples.network;

/**
 * Shares of right answers, in [0, 1]; NaN where a network gives no such answer.
 *
 * @param fused from both modalities
 * @param audio from the sound alone
 * @param visual from the image alone
 */
public record Accuracy(double fused, double audio, double visual) {}

package org.ogm4j.trace;

import org.ogm4j.score.Readout;

/**
 * How a modality is scored at one output, and why so.
 *
 * @param readout where its logits come from
 * @param why for people to read
 */
public record Scoring(Readout readout, String why) {}

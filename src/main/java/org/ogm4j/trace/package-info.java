/**
 * What belongs to what in a plain configuration (encoders, fusion, heads, trunk, probes), and what
 * prevents its modulation.
 *
 * <pre>
 * ModulationSettings   what the user asked for; ScoreSettings, the part about scores
 * Inspection           the network, the settings, and the problems found so far
 *   ReadoutFinder        where the logits of each modality come from (Scoring)
 *     HeadSplit            a head as a sum over modalities; SplittableHeads: the kinds there are
 *   Boundaries           where a fusion begins before modalities meet
 *   EncoderChecks        whether an encoder can be modulated, and what updates it
 *   ProbePlans           where probes go (ProbePlan)
 *   SignalChecks         whether own losses have gradients at the gates
 *   Trunk                shared layers whose tokens have known owners
 * NetworkParts         the result
 * </pre>
 */
package org.ogm4j.trace;

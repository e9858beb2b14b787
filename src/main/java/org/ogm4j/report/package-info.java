/**
 * Output for people: the tables of a modulation, and what each modality contributes.
 *
 * <pre>
 * Description        describe and trace, as text; Table lays it out
 * AttributionMeter   attribution: one pass of a plain copy of the network
 *   LayerSplit         output and gradient of one shared layer, split by the owners of tokens
 * </pre>
 */
package org.ogm4j.report;

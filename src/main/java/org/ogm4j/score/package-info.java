/**
 * How well each modality alone predicts the labels: logits from a head or from the shared part with
 * the other modalities at zero, losses of rows, scores of batches.
 */
package org.ogm4j.score;

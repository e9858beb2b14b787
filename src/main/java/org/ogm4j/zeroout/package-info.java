/**
 * Parts of a network, run once more on the features of one modality: for its score, and for what
 * its own loss says.
 *
 * <pre>
 * ZeroOut          forward, at inference: logits of the part that modalities share
 * OwnLoss          forward and backward: the error signal of the modality's own loss
 *   SharedVertices   second instances of vertices, whose parameters are the network's
 *   SharedMasks      hands them the feature masks of the batch
 * </pre>
 */
package org.ogm4j.zeroout;

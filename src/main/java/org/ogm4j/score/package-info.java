/**
 * How well each modality alone predicts the labels: logits, losses of rows, scores of batches.
 *
 * <pre>
 * Readout          where logits come from, one of
 *   HeadReadout      rows of a head's weights (FeatureSlice by FeatureSlice), or a whole head
 *   ZeroOutReadout   the shared part with the other modalities at zero; it is run by
 *     ZeroOut          which has SharedVertices and hands them SharedMasks
 * Truth            the labels, their mask, and the OutputLoss that judges logits by them
 * UnimodalScore    readouts and truths to the score of one modality
 *   RowLosses        the loss of every row; Rows: arrays of any rank, as rows
 *   BatchScore       losses of rows to the mean of exp(-l)
 * ClassCounts      how often each class is the true one, for p of the Adam variant
 * </pre>
 */
package org.ogm4j.score;

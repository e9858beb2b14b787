/**
 * The pieces that networks are built from.
 *
 * <pre>
 * ConvBlocks            convolution with batch norm, the mean over a map
 * LeanConvolution       DL4J's with a cheaper backward pass; runs as LeanConvolutionLayer
 * Grid                  the places of a map
 * Tokens                maps, rows and sequences of tokens, by PlacesPreProcessor, RowsToTokensPreProcessor
 * TransformerBlock      TokenNorm, SelfAttention, an MLP; PositionEmbedding in front
 * CrossAttention        tokens that ask others
 * TokenLayer, ExactSameDiffLayer   what DL4J's layers of SameDiff operations need to have the right gradients
 * </pre>
 */
package org.ogm4j.study.network.layer;

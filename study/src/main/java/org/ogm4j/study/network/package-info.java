/**
 * Networks for any number of modalities, by size.
 *
 * <pre>
 * MultimodalNetwork     an encoder for each Branch, a Fusion, an Answer; Training by Updater
 *   Branch              one modality: its input, its encoder (EncoderKind, EncoderSize)
 *   Encoders            CnnEncoder, ResNet18, TransformerEncoder, dense, LSTM; to an EncoderEnd
 *   Fusion              FeatureFusion, TokenFusion
 * </pre>
 */
package org.ogm4j.study.network;

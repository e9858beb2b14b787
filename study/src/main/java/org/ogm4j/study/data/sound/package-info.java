/**
 * Sounds.
 *
 * <pre>
 * WavFile          reads any uncompressed WAV: a Sound; WavFormat is its header
 * Waveform         loudness and length
 * Resampler        another rate
 * LogSpectrogram   what networks read: Spectrogram, MelFilters, logarithm
 * </pre>
 */
package org.ogm4j.study.data.sound;

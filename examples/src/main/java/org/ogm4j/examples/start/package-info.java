/**
 * Where to begin: one file for each thing that people want to do, with made-up data, to copy.
 *
 * <ul>
 *   <li>{@link org.ogm4j.examples.start.Concatenation}: two modalities, concatenated
 *   <li>{@link org.ogm4j.examples.start.AnyFusion}: a gated fusion, scored in two ways
 *   <li>{@link org.ogm4j.examples.start.SensorsFromCsv}: three sensors in CSV files, early stopping
 *   <li>{@link org.ogm4j.examples.start.TextAndImage}: captions and pictures, uniform losses
 *   <li>{@link org.ogm4j.examples.start.WatchAndPlot}: a picture of the ratios
 *   <li>{@link org.ogm4j.examples.start.SaveResumeStrip}: save, train on, deploy
 *   <li>{@link org.ogm4j.examples.start.OwnRule}: a rule of one's own
 *   <li>{@link org.ogm4j.examples.start.KerasImport}: a Keras model
 * </ul>
 *
 * <p>What they learn from is made up in {@link org.ogm4j.examples.start.MadeUp} and its neighbours,
 * where your own data take their place.
 */
package org.ogm4j.examples.start;

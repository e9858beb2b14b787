/**
 * What a network has learned. {@link org.ogm4j.study.measure.Layout} knows which vertices belong to
 * which modality; a {@link org.ogm4j.study.measure.Reader} finds what the network says from all
 * modalities and from each alone; {@link org.ogm4j.study.measure.Quality}, {@link
 * org.ogm4j.study.measure.LinearProbe} and {@link org.ogm4j.study.measure.Shapley} make numbers of
 * that.
 */
package org.ogm4j.study.measure;

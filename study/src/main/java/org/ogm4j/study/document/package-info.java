/**
 * Tables and a chart for documents, from the {@code results.csv} of finished studies: {@link
 * org.ogm4j.study.document.Compared} is what they show, {@link org.ogm4j.study.document.DataTable}
 * one set of data, {@link org.ogm4j.study.document.Matrix} all of them, {@link
 * org.ogm4j.study.document.DifferenceChart} the same drawn; {@link
 * org.ogm4j.study.document.Section} is where they stand in a document.
 */
package org.ogm4j.study.document;

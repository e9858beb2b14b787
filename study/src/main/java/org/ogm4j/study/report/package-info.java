/**
 * The study as one HTML file, {@link org.ogm4j.study.report.HtmlReport}, and as TensorBoard's event
 * files, {@link org.ogm4j.study.report.TensorBoardFiles}.
 */
package org.ogm4j.study.report;

/** How well each modality alone predicts the labels of a batch. */
package org.ogm4j.score;

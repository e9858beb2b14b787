/**
 * Texts: {@link org.ogm4j.study.data.text.Words} takes them apart; then they are indices of a
 * {@link org.ogm4j.study.data.text.Vocabulary} or vectors of {@link
 * org.ogm4j.study.data.text.HashedGrams}.
 */
package org.ogm4j.study.data.text;

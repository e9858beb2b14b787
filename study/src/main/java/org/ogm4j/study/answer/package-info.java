/**
 * What an output answers with, {@link org.ogm4j.study.answer.AnswerKind}, and how its answers are
 * counted, {@link org.ogm4j.study.answer.Tally}.
 */
package org.ogm4j.study.answer;

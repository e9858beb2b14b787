/**
 * Studies as files.
 *
 * <pre>
 * StudyFile             study.json, read by StudyFileReader
 *   SplitDescription    how examples are divided: Divisions
 *   NetworkDescription  the plain network
 *   MethodDescription   what is compared
 * PreparedStudy         with its data loaded: checked, and ready to run
 * StudyDraft            a study.json for a folder, with comments
 * </pre>
 */
package org.ogm4j.study.file;

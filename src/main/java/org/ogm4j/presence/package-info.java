/**
 * Presence: which examples of a batch have which modality, and rows of NaN that a network must not
 * read.
 *
 * <pre>
 * MissingSettings      how a missing modality looks, as the user asked
 * PresencePlan         the same for one modality, as it is saved
 *   Presence             read in a training step
 *     EmptyRows            rows of zeros, rows of NaN
 * IndexInputs          network inputs whose zeros are valid
 * Entrances            adds and removes the vertices that replace rows of NaN
 *   EntranceVertex       configuration of one
 *   EntranceVertexImpl   the same in a running network
 * </pre>
 */
package org.ogm4j.presence;

/**
 * Teachers: trained networks of one modality, frozen beside its encoder.
 *
 * <pre>
 * GivenTeacher        what the user gives: a network, and what is taken over from it
 * Teachers            makes a vertex of it, and says what stands in the way
 *   Student             what it is to teach
 * TeacherVertex       configuration of the vertex; brings the parameters along
 * TeacherVertexImpl   the same in a running network, which holds the parameters
 * Teacher             runs it, when a gate asks: features, predictions, masks
 * FeatureDistance     the error signal of features
 * </pre>
 */
package org.ogm4j.teacher;

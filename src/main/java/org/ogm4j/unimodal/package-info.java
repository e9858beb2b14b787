/**
 * The networks of one modality alone that a network of several holds: teachers and baselines.
 *
 * <pre>
 * UnimodalNetworks   configuration to configuration: an encoder and a linear classifier
 * ModalityIterator   the batches of the whole network, as one of these takes them
 * </pre>
 */
package org.ogm4j.unimodal;

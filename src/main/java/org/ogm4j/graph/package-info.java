/**
 * Modulation inside a DL4J network: which vertices belong to which modality, the gates that are put
 * into the configuration, and what the gates do in the backward pass.
 */
package org.ogm4j.graph;

/**
 * What a saved network holds about its modulation: records that DL4J writes to JSON with the rest
 * of the configuration.
 *
 * <pre>
 * GateConf          one gate; in it
 *   ModulationPlan    all that modulation needs to know, the same in every gate; in it
 *     ModalityPlan      one modality
 *     DropPlan          how features are dropped, and where
 *   TrainingState        what training keeps from one step for the next; in it
 *     DropRates         how often features are dropped in the next step
 * RuleSerializer    writes a rule of the user's
 * RuleTypes         reads it, if its class is a rule
 * </pre>
 */
package org.ogm4j.plan;

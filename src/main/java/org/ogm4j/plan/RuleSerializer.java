package org.ogm4j.plan;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.jsontype.TypeSerializer;
import org.ogm4j.BalanceRule;

/**
 * Writes a rule by its class name and properties, and refuses the classes that could not be read
 * again.
 */
final class RuleSerializer extends JsonSerializer<BalanceRule> {

    @Override
    public void serialize(BalanceRule rule, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        provider.findValueSerializer(rule.getClass()).serialize(rule, json, provider);
    }

    @Override
    public void serializeWithType(
            BalanceRule rule, JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        Class<?> ruleClass = rule.getClass();
        if (ruleClass.isHidden()
                || ruleClass.isSynthetic()
                || ruleClass.isAnonymousClass()
                || ruleClass.isLocalClass()) {
            throw JsonMappingException.from(
                    json,
                    "rule must be a named class to be written to JSON, got the lambda or anonymous class "
                            + ruleClass.getName()
                            + ": use CoefficientRule.cvpr2022 or tpami2024, or a public record that implements"
                            + " CoefficientRule or BalanceRule");
        }
        provider.findValueSerializer(ruleClass).serializeWithType(rule, json, provider, type);
    }
}

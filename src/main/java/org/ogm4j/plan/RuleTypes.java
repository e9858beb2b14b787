package org.ogm4j.plan;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.databind.DatabindContext;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.jsontype.impl.TypeIdResolverBase;
import org.ogm4j.BalanceRule;

/**
 * The class of a rule, by its name in JSON. A class that is no rule is refused before any code of
 * it runs, its static initialiser included.
 */
final class RuleTypes extends TypeIdResolverBase {

    @Override
    public JsonTypeInfo.Id getMechanism() {
        return JsonTypeInfo.Id.CUSTOM;
    }

    @Override
    public String idFromValue(Object rule) {
        return rule.getClass().getName();
    }

    @Override
    public String idFromValueAndType(Object rule, Class<?> type) {
        return rule == null ? type.getName() : idFromValue(rule);
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String name) throws IOException {
        Class<?> found = find(name);
        if (found == null || !BalanceRule.class.isAssignableFrom(found)) {
            throw JsonMappingException.from(
                    (DeserializationContext) context,
                    "rule must be of a class that implements BalanceRule, got %s, which %s"
                            .formatted(
                                    name, found == null ? "is not on the class path" : "is none"));
        }
        return context.constructType(found);
    }

    /** The class, not initialised yet; null if there is none of that name. */
    private static Class<?> find(String name) {
        ClassLoader[] loaders = {
            Thread.currentThread().getContextClassLoader(), BalanceRule.class.getClassLoader()
        };
        return Arrays.stream(loaders)
                .map(loader -> find(name, loader))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Class<?> find(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
    }
}

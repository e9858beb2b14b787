package org.ogm4j.examples.data;

/**
 * Spoken and written digits in three parts.
 *
 * @param train what the networks learn from
 * @param validation what choices are made on
 * @param test what is reported, looked at once
 */
public record DigitData(Split train, Split validation, Split test) {

    /** At most so many pictures in each part. */
    public DigitData limit(int count) {
        return new DigitData(train.limit(count), validation.limit(count), test.limit(count));
    }
}

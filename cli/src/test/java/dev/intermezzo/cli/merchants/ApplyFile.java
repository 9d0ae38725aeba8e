package dev.intermezzo.cli.merchants;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.sealing.SealingKeys;

/** Applies the sandbox's file for tests of other packages. */
public final class ApplyFile {
    private ApplyFile() {}

    public static final String USER_TOKEN_SECRET = SandboxYaml.USER_TOKEN_SECRET;
    public static final String MOZELLO_KEY = SandboxYaml.MOZELLO_KEY;

    /** The sandbox's file. */
    public static String text() {
        return SandboxYaml.TEXT;
    }

    public static void sandbox(KafkaSettings kafka, SealingKeys keys) {
        yaml(SandboxYaml.TEXT, kafka, keys);
    }

    /** The sandbox's file with one part exchanged. */
    public static void with(String part, String other, KafkaSettings kafka, SealingKeys keys) {
        yaml(SandboxYaml.with(part, other), kafka, keys);
    }

    public static boolean isApplicable(KafkaSettings kafka, SealingKeys keys) {
        try {
            sandbox(kafka, keys);
            return true;
        } catch (CommandFailure refused) {
            return false;
        }
    }

    private static void yaml(String yaml, KafkaSettings kafka, SealingKeys keys) {
        MerchantsApply.apply(SandboxYaml.valid(yaml), kafka, keys);
    }
}

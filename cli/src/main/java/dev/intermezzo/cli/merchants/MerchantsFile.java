package dev.intermezzo.cli.merchants;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a merchants file declares: Cashier accounts, merchants and integrations, by id. The file stands for itself: an
 * account that a merchant uses, and a merchant that an integration belongs to, are in it.
 *
 * @param records accounts first, then merchants, then integrations, each in the file's order
 * @param unreadable keys on the {@code merchants} topic of what else the file names, where something is wrong with it
 */
public record MerchantsFile(List<Declared> records, Set<String> unreadable) {
    static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder().build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Some thousand shops. */
    private static final long LONGEST = 3_000_000;

    public MerchantsFile {
        records = List.copyOf(records);
        unreadable = Set.copyOf(unreadable);
    }

    /** Keys on the {@code merchants} topic of all that the file names. */
    Set<String> named() {
        return Stream.concat(records.stream().map(Declared::key), unreadable.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A file that may be applied, or everything that is wrong with it. */
    public sealed interface Result {
        record Valid(MerchantsFile file) implements Result {}

        /** @param readable what nothing is wrong with, to be compared with what is stored */
        record Invalid(List<MerchantsProblem> problems, MerchantsFile readable) implements Result {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads a file; secrets in files are looked for beside it. */
    public static Result read(Path file) {
        return read(file, System.getenv());
    }

    /** The same with other environment variables. */
    public static Result read(Path file, Map<String, String> environment) {
        String wrong;
        try {
            if (Files.size(file) <= LONGEST) {
                Path folder = file.toAbsolutePath().getParent();
                return read(Files.readString(file), folder == null ? Path.of("") : folder, environment);
            }
            wrong = "is longer than " + LONGEST + " bytes";
        } catch (NoSuchFileException e) {
            wrong = "does not exist";
        } catch (MalformedInputException e) {
            wrong = "is not UTF-8 text";
        } catch (IOException e) {
            wrong = "cannot be read";
        }
        return new Result.Invalid(
                List.of(new MerchantsProblem("", "file-unreadable", file + " " + wrong)),
                new MerchantsFile(List.of(), Set.of()));
    }

    /** Reads YAML; secrets in files are looked for in the current folder. */
    public static Result read(String yaml) {
        return read(yaml, Path.of(""), System.getenv());
    }

    /**
     * Reads YAML.
     *
     * @param folder where relative paths of secrets begin
     * @param environment variables that secrets may name
     */
    public static Result read(String yaml, Path folder, Map<String, String> environment) {
        Problems problems = new Problems();
        List<Declared> records = new ArrayList<>();
        try {
            JsonNode tree = YAML.readTree(yaml);
            if (tree instanceof ObjectNode object) {
                records.addAll(records(new Section("", object, problems), folder, environment, problems));
            } else {
                problems.add("", "not-a-mapping", "the file must have accounts, merchants and integrations");
            }
        } catch (JsonProcessingException e) {
            problems.add("", "not-yaml", notYaml(e));
        }
        return problems.all().isEmpty()
                ? new Result.Valid(new MerchantsFile(records, Set.of()))
                : new Result.Invalid(problems.all(), readable(records, problems.all()));
    }

    private static MerchantsFile readable(List<Declared> records, List<MerchantsProblem> problems) {
        Map<Boolean, List<Declared>> byProblem = records.stream()
                .collect(Collectors.partitioningBy(
                        record -> problems.stream().anyMatch(problem -> problem.concerns(record.path()))));
        return new MerchantsFile(
                byProblem.getOrDefault(false, List.of()),
                byProblem.getOrDefault(true, List.of()).stream()
                        .map(Declared::key)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static List<Declared> records(
            Section root, Path folder, Map<String, String> environment, Problems problems) {
        ProviderRules providers = new ProviderRules(ProviderCatalogue.bundled());
        SecretReader secrets = new SecretReader(folder, environment, problems);
        AccountReader accountReader = new AccountReader(providers, secrets, problems);
        Map<String, Declared> accounts = new LinkedHashMap<>();
        root.byId("accounts").forEach((id, section) -> accounts.put(id, accountReader.read(id, section)));
        MerchantReader merchantReader = new MerchantReader(providers, accounts, problems);
        Map<String, Declared> merchants = new LinkedHashMap<>();
        root.byId("merchants").forEach((id, section) -> merchants.put(id, merchantReader.read(id, section)));
        IntegrationReader integrationReader = new IntegrationReader(secrets, merchants);
        Map<String, Declared> integrations = new LinkedHashMap<>();
        root.byId("integrations").forEach((id, section) -> integrations.put(id, integrationReader.read(id, section)));
        root.end();
        List<Declared> records = new ArrayList<>(accounts.values());
        records.addAll(merchants.values());
        records.addAll(integrations.values());
        if (records.isEmpty()) {
            problems.add("", "nothing-declared", "the file declares no account, merchant or integration");
        }
        return records;
    }

    /** Where it is wrong; never the text there, which may be a secret. */
    private static String notYaml(JsonProcessingException e) {
        String where =
                e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
        boolean twice = e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate");
        return twice ? "a key stands twice" + where : "this is not YAML" + where;
    }
}

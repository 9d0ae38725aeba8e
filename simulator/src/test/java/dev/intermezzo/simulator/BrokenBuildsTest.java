package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.simulator.check.Promise;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator finds what it is there to find: builds without one of their safeguards are caught. */
class BrokenBuildsTest {
    private static final int SEEDS = 12;
    private static final int PAYMENTS = 40;

    @TempDir
    private Path folder;

    @Test
    void the_unchanged_build_is_clean() throws Exception {
        assertThat(broken(BrokenBuild.NONE, 2)).isEmpty();
    }

    @Test
    void a_build_without_the_amount_check_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.AMOUNT_CHECK_REMOVED, SEEDS)).contains(Promise.APPROVED_MEANS_MONEY.name());
    }

    @Test
    void a_build_without_the_surplus_rule_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.SURPLUS_RULE_REMOVED, SEEDS)).contains(Promise.MONEY_BALANCES.name());
    }

    @Test
    void a_build_without_deduplication_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.DEDUPLICATION_REMOVED, SEEDS)).contains(Promise.TAKEN_ONCE.name());
    }

    @Test
    @Tag("full")
    void a_build_that_executes_more_than_once_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.AT_MOST_ONCE_REMOVED, SEEDS)).contains(Promise.MOVED_ONCE.name());
    }

    @Test
    @Tag("full")
    void a_build_that_tells_a_shop_two_things_at_once_is_caught() throws Exception {
        assertThat(broken(BrokenBuild.ORDERING_REMOVED, SEEDS)).contains(Promise.MESSAGES_IN_ORDER.name());
    }

    /** Promises that the build broke, up to the first seed that broke one. */
    private Set<String> broken(BrokenBuild build, int seeds) throws Exception {
        Path classes = compile(build);
        List<URL> path = new ArrayList<>();
        path.add(classes.toUri().toURL());
        for (String entry : classPath().split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        // Nothing is shared with this class path: the changed classes stand before the unchanged ones.
        try (URLClassLoader isolated =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(isolated);
            try {
                Object found = isolated.loadClass(BrokenBuildRun.class.getName())
                        .getMethod("promisesBroken", int.class, int.class)
                        .invoke(null, seeds, PAYMENTS);
                return Set.of(((String) found).split(",")).stream()
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private Path compile(BrokenBuild build) throws IOException {
        Path source = build.writeTo(folder);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-proc:none",
                        "-cp",
                        classPath(),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(failed).as("javac's exit code").isZero();
        return classes;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}

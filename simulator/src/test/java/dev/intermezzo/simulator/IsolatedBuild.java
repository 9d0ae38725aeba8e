package dev.intermezzo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** A broken build, compiled and ready to run beside the unchanged one, with which it shares nothing but Java itself. */
final class IsolatedBuild implements AutoCloseable {
    private final URLClassLoader loader;

    private IsolatedBuild(URLClassLoader loader) {
        this.loader = loader;
    }

    /** @param folder where it may write */
    static IsolatedBuild of(BrokenBuild build, Path folder) throws IOException {
        List<URL> path = new ArrayList<>();
        // The changed classes stand before the unchanged ones.
        path.add(compiled(build, folder).toUri().toURL());
        for (String entry : classPath().split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        return new IsolatedBuild(new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    /** What a method of {@link BrokenBuildRun} does in that build. */
    interface Call<R> {
        R of(Class<?> run) throws ReflectiveOperationException;
    }

    <R> R call(Call<R> call) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return call.of(loader.loadClass(BrokenBuildRun.class.getName()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static Path compiled(BrokenBuild build, Path folder) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(List.of("-nowarn", "-proc:none", "-cp", classPath(), "-d", classes.toString()));
        build.writeTo(folder).forEach(source -> arguments.add(source.toString()));
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).as("javac's exit code").isZero();
        return classes;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}

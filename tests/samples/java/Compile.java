import java.io.File;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles Sample.java of each folder below this one into its own folder: one start of the compiler for all of them. */
public class Compile {
    public static void main(String[] args) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean isRight = true;
        File[] folders = new File(".").listFiles((parent, name) -> name.startsWith("case"));
        Arrays.sort(folders);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            for (File folder : folders) {
                files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(folder));
                var source = files.getJavaFileObjects(new File(folder, "Sample.java"));
                var options = List.of("-Xlint:all", "-Werror", "-classpath", args[0]);
                isRight &= compiler.getTask(null, files, null, options, null, source).call();
            }
        }
        System.exit(isRight ? 0 : 1);
    }
}

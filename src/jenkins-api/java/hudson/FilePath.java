package hudson;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.tools.ant.DirectoryScanner;
import org.jenkinsci.remoting.RoleSensitive;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** On the local disk. */
public final class FilePath implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    private final File file;

    public FilePath(File localPath) {
        file = localPath;
    }

    public FilePath(FilePath base, String rel) {
        File path = new File(rel);
        file = path.isAbsolute() ? path : new File(base.file, rel);
    }

    public interface FileCallable<T> extends Serializable, RoleSensitive {
        T invoke(File f, VirtualChannel channel) throws IOException, InterruptedException;
    }

    public <T> T act(FileCallable<T> callable) throws IOException, InterruptedException {
        return callable.invoke(file, null);
    }

    public VirtualChannel getChannel() {
        return null;
    }

    public boolean isRemote() {
        return false;
    }

    public Computer toComputer() {
        return null;
    }

    public String getRemote() {
        return file.getPath();
    }

    public String getName() {
        return file.getName();
    }

    public String getBaseName() {
        String name = getName();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    public FilePath getParent() {
        File parent = file.getParentFile();
        return parent == null ? null : new FilePath(parent);
    }

    public FilePath child(String relOrAbsolute) {
        return new FilePath(this, relOrAbsolute);
    }

    public boolean exists() throws IOException, InterruptedException {
        return file.exists();
    }

    public boolean isDirectory() throws IOException, InterruptedException {
        return file.isDirectory();
    }

    public long lastModified() throws IOException, InterruptedException {
        return file.lastModified();
    }

    public long getUsableDiskSpace() throws IOException, InterruptedException {
        return file.getUsableSpace();
    }

    public FilePath[] list(String includes) throws IOException, InterruptedException {
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(file);
        scanner.setIncludes(includes.split(", *"));
        scanner.addDefaultExcludes();
        scanner.scan();
        return Arrays.stream(scanner.getIncludedFiles()).map(this::child).toArray(FilePath[]::new);
    }

    @SuppressWarnings("deprecation")
    public String digest() throws IOException, InterruptedException {
        return MoreFiles.asByteSource(file.toPath()).hash(Hashing.md5()).toString();
    }

    public InputStream read() throws IOException, InterruptedException {
        return Files.newInputStream(file.toPath());
    }

    public OutputStream write() throws IOException, InterruptedException {
        return Files.newOutputStream(directoryMade().toPath());
    }

    public void write(String content, String encoding) throws IOException, InterruptedException {
        Files.writeString(directoryMade().toPath(), content, Charset.forName(encoding));
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(file.toPath());
    }

    public FilePath createTempDir(String prefix, String suffix) throws IOException, InterruptedException {
        return new FilePath(
                Files.createTempDirectory(file.toPath(), prefix + suffix).toFile());
    }

    public void touch(long timestamp) throws IOException, InterruptedException {
        directoryMade().createNewFile();
    }

    public void chmod(int mask) throws IOException, InterruptedException {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((mask >> (all.length - 1 - bit) & 1) == 1) {
                permissions.add(all[bit]);
            }
        }
        Files.setPosixFilePermissions(file.toPath(), permissions);
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        if (Files.exists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
            MoreFiles.deleteRecursively(file.toPath(), RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    public void copyTo(FilePath target) throws IOException, InterruptedException {
        Files.copy(file.toPath(), target.directoryMade().toPath(), StandardCopyOption.REPLACE_EXISTING);
    }

    private File directoryMade() throws IOException {
        Files.createDirectories(file.getAbsoluteFile().getParentFile().toPath());
        return file;
    }
}

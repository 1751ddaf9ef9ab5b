package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.Recordings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at the folders that Asterisk records calls into. */
final class RecordingsCheck implements Check {
    private static final long GIBIBYTE = 1L << 30;

    private final Recordings target;
    private final long leastFree;

    RecordingsCheck(Recordings target) {
        this(target, GIBIBYTE);
    }

    /** @param leastFree bytes that should be free where recordings are */
    RecordingsCheck(Recordings target, long leastFree) {
        this.target = target;
        this.leastFree = leastFree;
    }

    @Override
    public Area area() {
        return Area.RECORDINGS;
    }

    @Override
    public void run(Findings out) throws IOException {
        for (Path folder : target.folders()) {
            if (Files.isDirectory(folder)) {
                tellAccess(folder, out);
                tellSpace(folder, out);
            } else {
                out.error(
                        folder + (Files.exists(folder) ? " is no folder" : " does not exist"),
                        "RECORDING_PATHS names the folders that MixMonitor writes to, with commas between them; in a container they"
                                + " have to be mounted.");
            }
        }
    }

    private void tellAccess(Path folder, Findings out) throws IOException {
        FileOwner owner = FileOwner.of(folder);
        if (!may(folder, owner, "r-x")) {
            out.error(folder + " may not be read" + whom(), owner.remedy(folder, "r-x"));
        } else if (target.isEmptied() && !may(folder, owner, "rwx")) {
            out.error(
                    folder + " may not be written" + whom() + ", but accepted recordings are moved or deleted there",
                    owner.remedy(folder, "rwx")
                            + "\nA volume has to be mounted without :ro. RECORDING_AFTER_UPLOAD=keep leaves them where they are.");
        } else {
            out.ok(folder + " can be read" + whom() + "; it belongs to " + owner.user() + ", group " + owner.group());
        }
    }

    /** A container's user is another than that of who looks, mostly root. */
    private boolean may(Path folder, FileOwner owner, String wanted) {
        if (target.user().isPresent()) {
            int user = target.user().get();
            return owner.lets(user, target.group().orElse(user), wanted);
        }
        return Files.isReadable(folder)
                && Files.isExecutable(folder)
                && (!wanted.contains("w") || Files.isWritable(folder));
    }

    private String whom() {
        return target.user()
                .map(user -> " by PUID " + user + ", PGID " + target.group().orElse(user))
                .orElse("");
    }

    private void tellSpace(Path folder, Findings out) throws IOException {
        FileStore store = Files.getFileStore(folder);
        long free = store.getUsableSpace();
        String text = folder + " has " + free / (GIBIBYTE / 1024) + " MiB free of " + store.getTotalSpace() / GIBIBYTE
                + " GiB";
        if (free < leastFree) {
            out.warning(
                    text,
                    "Asterisk stops recording when it is full. Recordings that were shipped can go"
                            + " (RECORDING_DELETE_AFTER_UPLOAD=true).");
        } else {
            out.ok(text);
        }
    }
}

package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.util.Optional;

/** The recordings that rows speak of. */
public final class NamedRecordings {
    private NamedRecordings() {}

    /** Whether an event tells that a channel is recorded from now on. */
    public static boolean startsOne(Cel cel) {
        return Recordings.fileIn(cel).isPresent();
    }

    /** The name of the file that a row speaks of, without its folders. */
    public static Optional<String> nameIn(Row row) {
        Optional<String> file =
                row instanceof Cdr cdr ? Optional.ofNullable(cdr.recordingfile()) : Recordings.fileIn((Cel) row);
        return file.map(path -> path.substring(path.lastIndexOf('/') + 1)).filter(name -> !name.isBlank());
    }
}

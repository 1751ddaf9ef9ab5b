package com.sipstack.asterisk.source.recording;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * By what a file is known to be the same as before.
 *
 * @param size bytes
 * @param modified last change, UTC microseconds since 1970
 */
record FileVersion(long size, long modified) {
    static FileVersion of(BasicFileAttributes attributes) {
        return new FileVersion(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
    }
}

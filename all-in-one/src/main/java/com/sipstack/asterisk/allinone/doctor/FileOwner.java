package com.sipstack.asterisk.allinone.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose a file or folder is, and who may do what with it.
 *
 * @param user name and number
 */
record FileOwner(String user, int userId, String group, int groupId, Set<PosixFilePermission> permissions) {
    FileOwner {
        permissions = Set.copyOf(permissions);
    }

    static FileOwner of(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        return new FileOwner(
                attributes.owner().getName(),
                (int) Files.getAttribute(path, "unix:uid"),
                attributes.group().getName(),
                (int) Files.getAttribute(path, "unix:gid"),
                attributes.permissions());
    }

    /**
     * Whether a process of this user and group alone could.
     *
     * @param wanted such as {@code r-x}
     */
    boolean lets(int asUser, int asGroup, String wanted) {
        String rights = PosixFilePermissions.toString(permissions);
        String granted = asUser == userId
                ? rights.substring(0, 3)
                : asGroup == groupId ? rights.substring(3, 6) : rights.substring(6);
        return asUser == 0
                || Stream.of(0, 1, 2).allMatch(i -> wanted.charAt(i) == '-' || granted.charAt(i) == wanted.charAt(i));
    }

    String remedy(Path path, String wanted) {
        String rights = wanted.replace("-", "");
        return "It belongs to " + user + " (" + userId + "), group " + group + " (" + groupId + "), with "
                + PosixFilePermissions.toString(permissions) + ". Run as that user or in that group (PUID=" + userId
                + ", PGID=" + groupId + " in a container), or:\nchmod g+" + rights + " '" + path + "'";
    }
}

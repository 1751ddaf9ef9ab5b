package com.sipstack.asterisk.sink;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where this worker sees the files of PBXs.
 *
 * @param folders a folder on this worker, with {@code {pbx}} for the PBX's name, by the folder on the PBX
 */
record PathMapping(Map<String, String> folders) {
    private static final String PBX = "{pbx}";

    PathMapping {
        folders = Map.copyOf(folders);
    }

    /** @throws IllegalArgumentException if an item is not {@code /folder/on/the/pbx=/folder/here} */
    static PathMapping parse(List<String> items) {
        Map<String, String> folders = new LinkedHashMap<>();
        for (String item : items) {
            String[] sides = item.strip().split("=", -1);
            if (sides.length != 2 || !sides[0].startsWith("/") || !sides[1].startsWith("/")) {
                throw new IllegalArgumentException("'" + item + "' is not /folder/on/the/pbx=/folder/here");
            }
            folders.put(withoutSlash(sides[0]), withoutSlash(sides[1]));
        }
        return new PathMapping(folders);
    }

    private static String withoutSlash(String folder) {
        return folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    /** The longest folder that fits decides; without one the path is the same here. */
    Path local(String pbx, String path) {
        return folders.entrySet().stream()
                .filter(folder -> path.startsWith(folder.getKey() + "/"))
                .max(Comparator.comparingInt(folder -> folder.getKey().length()))
                .map(folder -> Path.of(folder.getValue().replace(PBX, pbx)
                        + path.substring(folder.getKey().length())))
                .orElseGet(() -> Path.of(path));
    }
}

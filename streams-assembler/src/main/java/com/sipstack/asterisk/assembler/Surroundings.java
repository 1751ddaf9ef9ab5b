package com.sipstack.asterisk.assembler;

import java.util.function.Supplier;

/**
 * What the topology meets outside of its records. All of it is safe for any thread.
 *
 * @param interpretation asked anew for each document
 * @param archives the documents that were written; one for each task
 * @param topics what the topics are like
 */
record Surroundings(
        Interpretation interpretation,
        Supplier<DocumentArchive> archives,
        Backlog backlog,
        TopicFacts topics,
        AssemblerMetrics metrics) {}

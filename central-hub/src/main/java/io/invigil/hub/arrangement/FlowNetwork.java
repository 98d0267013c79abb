package io.invigil.hub.arrangement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Maximum flow in a small directed network, by Dinitz's algorithm. Used by one thread. */
final class FlowNetwork {
    private final List<List<Integer>> edgesOf = new ArrayList<>();
    private final List<Integer> to = new ArrayList<>();
    private final List<Integer> capacity = new ArrayList<>();
    private int[] level;
    private int[] next;

    FlowNetwork(int nodes) {
        for (int node = 0; node < nodes; node++) {
            edgesOf.add(new ArrayList<>());
        }
        level = new int[nodes];
        next = new int[nodes];
    }

    /** Adds an edge; its reverse has the odd number after it. */
    void edge(int from, int target, int most) {
        edgesOf.get(from).add(to.size());
        to.add(target);
        capacity.add(most);
        edgesOf.get(target).add(to.size());
        to.add(from);
        capacity.add(0);
    }

    long maximum(int source, int sink) {
        long total = 0;
        while (layer(source)[sink]) {
            Arrays.fill(next, 0);
            int pushed = push(source, sink, Integer.MAX_VALUE);
            while (pushed > 0) {
                total += pushed;
                pushed = push(source, sink, Integer.MAX_VALUE);
            }
        }
        return total;
    }

    /** After {@link #maximum}: the source's side of a minimum cut. */
    boolean[] reachable(int source) {
        return layer(source);
    }

    private boolean[] layer(int source) {
        Arrays.fill(level, -1);
        level[source] = 0;
        boolean[] seen = new boolean[edgesOf.size()];
        seen[source] = true;
        Deque<Integer> queue = new ArrayDeque<>(List.of(source));
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int edge : edgesOf.get(node)) {
                int target = to.get(edge);
                if (capacity.get(edge) > 0 && !seen[target]) {
                    seen[target] = true;
                    level[target] = level[node] + 1;
                    queue.add(target);
                }
            }
        }
        return seen;
    }

    private int push(int node, int sink, int most) {
        if (node == sink) {
            return most;
        }
        List<Integer> edges = edgesOf.get(node);
        while (next[node] < edges.size()) {
            int edge = edges.get(next[node]);
            int target = to.get(edge);
            if (capacity.get(edge) > 0 && level[target] == level[node] + 1) {
                int pushed = push(target, sink, Math.min(most, capacity.get(edge)));
                if (pushed > 0) {
                    capacity.set(edge, capacity.get(edge) - pushed);
                    capacity.set(edge ^ 1, capacity.get(edge ^ 1) + pushed);
                    return pushed;
                }
            }
            next[node]++;
        }
        return 0;
    }
}

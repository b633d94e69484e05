package hudson.model;

import hudson.model.queue.SubTask;

public class Queue {
    Queue() {}

    public interface Task extends SubTask {}
}

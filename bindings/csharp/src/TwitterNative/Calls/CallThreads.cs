using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Interop;

namespace TwitterNative.Calls;

/// <summary>
/// The threads on which asynchronous calls run. A call blocks its thread, for minutes if it uploads a video. On the thread
/// pool, a few dozen such calls would block everything else in the process. The idle thread that was used last is used
/// first, because its connection to X is most likely still open.
/// </summary>
internal static class CallThreads
{
    /// <summary>The library needs 128 KiB, and more for deep JSON. The caller's progress and log run on this stack too.</summary>
    private const int StackSize = 512 * 1024;

    private const string ThreadName = "twitter-native";

    private static readonly TimeSpan s_idleTime = TimeSpan.FromSeconds(30);
    private static readonly object s_gate = new();

    /// <summary>Idle threads, most recently used last.</summary>
    private static readonly List<Worker> s_idle = [];

    /// <summary>Calls that wait for a thread, oldest first.</summary>
    private static readonly LinkedList<QueuedCall> s_queue = [];

    private static int s_count;
    private static int s_limit = 64;

    /// <summary>How many calls may run at once.</summary>
    public static int Limit
    {
        get => Volatile.Read(ref s_limit);
        set
        {
            lock (s_gate)
            {
                s_limit = value;
                while (s_queue.First is { } first && Busy < s_limit)
                {
                    Remove(first.Value);
                    StartCall(first.Value);
                }
            }
        }
    }

    /// <summary>Whether the current thread is one of these.</summary>
    public static bool IsCurrent => Thread.CurrentThread.Name == ThreadName;

    /// <summary>How many threads there are, idle ones included.</summary>
    public static int Count => Volatile.Read(ref s_count);

    /// <summary>How many calls wait for a thread.</summary>
    public static int Queued
    {
        get
        {
            lock (s_gate)
            {
                return s_queue.Count;
            }
        }
    }

    private static int Busy => s_count - s_idle.Count;

    /// <summary>Runs a call on one of the threads, or queues it.</summary>
    public static Task<Envelope> Run(QueuedCall call)
    {
        lock (s_gate)
        {
            if (Busy < s_limit)
            {
                StartCall(call);
                return call.Task;
            }
            call.Place = s_queue.AddLast(call);
        }
        // Outside the lock: a token that is cancelled already runs its callback at once.
        call.LeaveQueueOnCancellation();
        return call.Task;
    }

    /// <summary>Runs a call at once, even above the limit, because a thread of the host waits for it.</summary>
    public static void RunNow(QueuedCall call)
    {
        lock (s_gate)
        {
            StartCall(call);
        }
    }

    /// <summary>Runs a call that waits for a person, on a new thread that doesn't count for the limit.</summary>
    public static Task<Envelope> RunAlone(QueuedCall call)
    {
        Start(() =>
        {
            call.Run(new CallOutcome());
            call.Complete();
        });
        return call.Task;
    }

    /// <summary>Removes a cancelled call from the queue, if it is still there, and completes it.</summary>
    public static void Withdraw(QueuedCall call)
    {
        lock (s_gate)
        {
            if (call.Place is null)
            {
                return;
            }
            Remove(call);
        }
        call.CompleteCanceled();
    }

    public static bool IsQueued(QueuedCall call)
    {
        lock (s_gate)
        {
            return call.Place is not null;
        }
    }

    /// <summary>Ends the idle threads and cancels the queued calls, before the code is unloaded.</summary>
    public static void EndIdle()
    {
        var waiting = new List<QueuedCall>();
        lock (s_gate)
        {
            while (s_queue.First is { } first)
            {
                Remove(first.Value);
                waiting.Add(first.Value);
            }
            foreach (Worker worker in s_idle)
            {
                worker.End();
            }
            s_idle.Clear();
        }
        waiting.ForEach(call => call.CompleteCanceled());
    }

    /// <summary>Runs a call on the idle thread that was used last, or on a new one.</summary>
    private static void StartCall(QueuedCall call)
    {
        if (s_idle.Count == 0)
        {
            StartWorker(call);
            return;
        }
        Worker worker = s_idle[s_idle.Count - 1];
        s_idle.RemoveAt(s_idle.Count - 1);
        worker.Give(call);
    }

    private static void Remove(QueuedCall call)
    {
        s_queue.Remove(call.Place!);
        call.Place = null;
    }

    private static void StartWorker(QueuedCall first)
    {
        s_count++;
        try
        {
            Start(new Worker(first).Loop);
        }
        catch
        {
            s_count--;
            throw;
        }
    }

    private static void Start(ThreadStart body)
    {
        var thread = new Thread(body, StackSize) { IsBackground = true, Name = ThreadName };
        // The thread must not keep the execution context of the call that it was started for.
#if NET8_0_OR_GREATER
        thread.UnsafeStart();
#else
        if (ExecutionContext.IsFlowSuppressed())
        {
            thread.Start();
            return;
        }
        using (ExecutionContext.SuppressFlow())
        {
            thread.Start();
        }
#endif
    }

    /// <summary>
    /// Completes the call that a thread has finished, and gives the thread its next one; null if the thread has to end.
    /// The thread becomes idle before the call completes. So a program that makes one call after the other gets the same
    /// thread again, with its open connection.
    /// </summary>
    private static QueuedCall? Next(Worker worker, QueuedCall finished)
    {
        bool isIdle = false;
        QueuedCall? next = null;
        lock (s_gate)
        {
            // This thread still counts as busy.
            if (s_queue.First is { } first && Busy <= s_limit)
            {
                next = first.Value;
                Remove(next);
            }
            else if (!UnloadHandler.IsUnloading && s_count <= s_limit)
            {
                s_idle.Add(worker);
                isIdle = true;
            }
            else
            {
                // Before the count goes down: from then on the code may be unloaded.
                finished.Complete();
                s_count--;
                return null;
            }
        }
        finished.Complete();
        return isIdle ? AwaitNext(worker) : next;
    }

    private static QueuedCall? AwaitNext(Worker worker)
    {
        if (worker.Wait() is QueuedCall given)
        {
            return given;
        }
        lock (s_gate)
        {
            // If the thread is not idle any more, it was given a call since its wait ended.
            if (!s_idle.Remove(worker) && worker.Take() is QueuedCall late)
            {
                return late;
            }
            s_count--;
            return null;
        }
    }

    private sealed class Worker(QueuedCall first)
    {
        private readonly CallOutcome _outcome = new();
        private QueuedCall? _given;
        private bool _ended;

        public void Loop()
        {
            for (QueuedCall? call = first; call is not null; call = Next(this, call))
            {
                // Otherwise it would stay in memory as long as the thread.
                first = null!;
                call.Run(_outcome);
            }
        }

        public void Give(QueuedCall call)
        {
            lock (this)
            {
                _given = call;
                Monitor.Pulse(this);
            }
        }

        public void End()
        {
            lock (this)
            {
                _ended = true;
                Monitor.Pulse(this);
            }
        }

        /// <summary>The next call, or null after 30 seconds without one.</summary>
        public QueuedCall? Wait()
        {
            lock (this)
            {
                if (_given is null && !_ended)
                {
                    Monitor.Wait(this, s_idleTime);
                }
                return Take();
            }
        }

        public QueuedCall? Take()
        {
            lock (this)
            {
                QueuedCall? call = _given;
                _given = null;
                return call;
            }
        }
    }
}

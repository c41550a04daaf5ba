using Karl.Serving.Internals.Batching;

namespace Karl.Serving.Tests.Batching;

[TestClass]
public sealed class BatchQueueTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task RunAsync_EqualSettings_ShareABatch()
    {
        Doors doors = new();
        using BatchQueue<string, int, int> queue = new(new BatchLimits(4, Long, 100), doors.Run, doors.Begun.Add);
        doors.Open.Set();
        int[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(index => queue.RunAsync("a", index, CancellationToken.None)));
        CollectionAssert.AreEqual(new[] { 0, 10, 20, 30 }, results);
        CollectionAssert.AreEqual(new[] { 4 }, doors.Begun);
    }

    [TestMethod]
    public async Task RunAsync_OtherSettings_GetTheirOwnBatchInTheOrderOfTheOldest()
    {
        Doors doors = new();
        using BatchQueue<string, int, int> queue = new(new BatchLimits(8, TimeSpan.Zero, 100), doors.Run, doors.Begun.Add);
        Task first = queue.RunAsync("a", 0, CancellationToken.None);
        await doors.Arrived.WaitAsync();
        Task[] rest = [.. new[] { "b", "a", "b", "a", "a" }.Select((key, index) => queue.RunAsync(key, index, CancellationToken.None))];
        doors.Open.Set();
        await Task.WhenAll([first, .. rest]);
        CollectionAssert.AreEqual(new[] { "a", "b", "a" }, doors.Keys);
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, doors.Begun);
    }

    [TestMethod]
    public async Task RunAsync_AloneForTheDelay_IsDoneAlone()
    {
        Doors doors = new();
        doors.Open.Set();
        using BatchQueue<string, int, int> queue = new(new BatchLimits(8, TimeSpan.FromMilliseconds(5), 100), doors.Run, doors.Begun.Add);
        Assert.AreEqual(70, await queue.RunAsync("a", 7, CancellationToken.None).WaitAsync(Long));
        CollectionAssert.AreEqual(new[] { 1 }, doors.Begun);
    }

    [TestMethod]
    public async Task RunAsync_MoreThanMayWait_IsRefusedAndTakesTheNextAgain()
    {
        Doors doors = new();
        using BatchQueue<string, int, int> queue = new(new BatchLimits(1, TimeSpan.Zero, 2), doors.Run, doors.Begun.Add);
        Task first = queue.RunAsync("a", 0, CancellationToken.None);
        await doors.Arrived.WaitAsync();
        Task[] waiting = [queue.RunAsync("a", 1, CancellationToken.None), queue.RunAsync("a", 2, CancellationToken.None)];
        Assert.IsTrue(queue.IsFull);
        await Assert.ThrowsExactlyAsync<QueueFullException>(() => queue.RunAsync("a", 3, CancellationToken.None));
        doors.Open.Set();
        await Task.WhenAll([first, .. waiting]);
        Assert.AreEqual(40, await queue.RunAsync("a", 4, CancellationToken.None));
    }

    [TestMethod]
    public async Task RunAsync_CallerLeavesWhileItWaits_IsNeverDone()
    {
        Doors doors = new();
        using BatchQueue<string, int, int> queue = new(new BatchLimits(8, TimeSpan.Zero, 100), doors.Run, doors.Begun.Add);
        Task first = queue.RunAsync("a", 0, CancellationToken.None);
        await doors.Arrived.WaitAsync();
        using CancellationTokenSource leave = new();
        Task leaving = queue.RunAsync("a", 1, leave.Token), staying = queue.RunAsync("a", 2, CancellationToken.None);
        await leave.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => leaving);
        Assert.AreEqual(1, queue.Waiting);
        doors.Open.Set();
        await Task.WhenAll(first, staying);
        CollectionAssert.AreEqual(new[] { 0, 2 }, doors.Done);
    }

    [TestMethod]
    public async Task RunAsync_OneOfABatchLeaves_TheOthersGetTheirs_AllLeave_TheBatchIsStopped()
    {
        Doors doors = new();
        using BatchQueue<string, int, int> queue = new(new BatchLimits(2, Long, 100), doors.Run, doors.Begun.Add);
        using CancellationTokenSource one = new(), other = new();
        Task[] works = [queue.RunAsync("a", 1, one.Token), queue.RunAsync("a", 2, other.Token)];
        await doors.Arrived.WaitAsync();
        await one.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => works[0]);
        Assert.IsFalse(doors.Stopped.Task.IsCompleted);
        await other.CancelAsync();
        await doors.Stopped.Task.WaitAsync(Long);
        await Assert.ThrowsAsync<OperationCanceledException>(() => works[1]);
    }

    [TestMethod]
    public async Task RunAsync_ABadWorkInABatch_FailsAlone()
    {
        Doors doors = new();
        doors.Open.Set();
        using BatchQueue<string, int, int> queue = new(new BatchLimits(3, Long, 100), doors.Run, doors.Begun.Add);
        Task<int>[] works = [.. new[] { 1, Doors.Bad, 3 }.Select(input => queue.RunAsync("a", input, CancellationToken.None))];
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => works[1]);
        Assert.AreEqual(10, await works[0]);
        Assert.AreEqual(30, await works[2]);
    }

    [TestMethod]
    public async Task Dispose_WithWaitingWork_DoesItAndTakesNoMore()
    {
        Doors doors = new();
        BatchQueue<string, int, int> queue = new(new BatchLimits(8, Long, 100), doors.Run, doors.Begun.Add);
        Task<int>[] works = [.. Enumerable.Range(0, 3).Select(index => queue.RunAsync("a", index, CancellationToken.None))];
        doors.Open.Set();
        queue.Dispose();
        CollectionAssert.AreEqual(new[] { 0, 10, 20 }, await Task.WhenAll(works));
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => queue.RunAsync("a", 0, CancellationToken.None));
    }

    [TestMethod]
    public async Task RunAsync_ManyCallersOfWhichSomeLeave_AllOthersGetTheirOwn()
    {
        using BatchQueue<int, int, int> queue = new(new BatchLimits(5, TimeSpan.FromMilliseconds(1), 10_000), (_, inputs, _) => [.. inputs.Select(input => input * 10)], _ => { });
        Task[] callers = [.. Enumerable.Range(0, 2000).Select(async index =>
        {
            using CancellationTokenSource leave = new();
            Task<int> work = queue.RunAsync(index % 3, index, leave.Token);
            if (index % 7 == 0)
            {
                await leave.CancelAsync();
                await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
                return;
            }

            Assert.AreEqual(index * 10, await work);
        })];
        await Task.WhenAll(callers).WaitAsync(Long);
        Assert.AreEqual(0, queue.Waiting);
    }

    /// <summary>A worker that waits until it may, multiplies by ten, and writes down what it did.</summary>
    private sealed class Doors
    {
        public const int Bad = -1;

        public ManualResetEventSlim Open { get; } = new(false);

        public SemaphoreSlim Arrived { get; } = new(0);

        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Keys { get; } = [];

        public List<int> Begun { get; } = [];

        public List<int> Done { get; } = [];

        public int[] Run(string key, IReadOnlyList<int> inputs, CancellationToken cancellationToken)
        {
            Arrived.Release();
            cancellationToken.Register(Stopped.SetResult);
            Open.Wait(cancellationToken);
            if (inputs.Contains(Bad))
            {
                throw new InvalidOperationException("bad");
            }

            Keys.Add(key);
            Done.AddRange(inputs);
            return [.. inputs.Select(input => input * 10)];
        }
    }
}

namespace Karl.Serving.Tests;

/// <summary>Concurrent requests through one model.</summary>
[TestClass]
public sealed class BatchingTests
{
    [TestMethod]
    public async Task Requests_ThatComeTogether_GoThroughTheModelTogether_AndEachGetsItsOwn()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MaximumBatch = 8 }, gate: gate);
        Task<Answer> first = server.TokenizeAsync();
        await gate.ArrivedAsync();
        Task<Answer>[] rest = [.. Enumerable.Range(1, 12).Select(seed => server.TokenizeAsync(seed))];
        await UntilAsync(() => server.Server.State.Queue.Waiting == rest.Length);
        gate.Open();
        Answer[] answers = await Task.WhenAll([first, .. rest]);
        CollectionAssert.AreEqual(new[] { 1, 8, 4 }, gate.Batches);
        for (int seed = 0; seed < answers.Length; seed++)
        {
            int[] alone = [.. server.Tokenizer.Encode(RunningServer.Image(seed)).Codes];
            CollectionAssert.AreEqual(alone, answers[seed].AssertOk().Json.GetProperty("codes").EnumerateArray().Select(code => code.GetInt32()).ToArray());
        }

        Assert.AreEqual(2, await server.MetricAsync("karl_batch_size_bucket{le=\"4\"}"));
        Assert.AreEqual(13, await server.MetricAsync("karl_batch_size_sum"));
    }

    [TestMethod]
    public async Task Requests_WithOtherSettings_AreNotMixed()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(gate: gate);
        Task<Answer> first = server.TokenizeAsync();
        await gate.ArrivedAsync();
        string[] queries = ["?epsilon=0.1", "?budget=9", "?epsilon=0.1", "?tokens=5", "?epsilon=0.10"];
        Task<Answer>[] rest = [.. queries.Select(query => server.TokenizeAsync(1, query))];
        await UntilAsync(() => server.Server.State.Queue.Waiting == rest.Length);
        gate.Open();
        Answer[] answers = await Task.WhenAll(rest);
        await first;
        CollectionAssert.AreEquivalent(new[] { 1, 3, 1, 1 }, gate.Batches);
        Assert.AreEqual(5, answers[3].AssertOk().Json.GetProperty("tokens").GetInt32());
        Assert.AreEqual(9, answers[1].AssertOk().Json.GetProperty("budget").GetInt32());
    }

    [TestMethod]
    public async Task Clients_ThatGo_TakeTheirWorkWithThem()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(gate: gate);
        Task<Answer> first = server.TokenizeAsync();
        await gate.ArrivedAsync();
        using CancellationTokenSource leave = new();
        Task<Answer> leaving = server.TokenizeAsync(1, cancellationToken: leave.Token);
        Task<Answer> staying = server.TokenizeAsync(2);
        await UntilAsync(() => server.Server.State.Queue.Waiting == 2);
        await leave.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => leaving);
        await UntilAsync(() => server.Server.State.Queue.Waiting == 1);
        gate.Open();
        (await first).AssertOk();
        (await staying).AssertOk();
        CollectionAssert.AreEqual(new[] { 1, 1 }, gate.Batches);
        Assert.AreEqual(1, await server.MetricAsync("karl_errors_total{kind=\"gone\"}"));
        Assert.IsEmpty(server.Log);
    }

    [TestMethod]
    public async Task A_run_that_nobody_waits_for_is_stopped()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(gate: gate);
        using CancellationTokenSource leave = new();
        Task<Answer> leaving = server.TokenizeAsync(cancellationToken: leave.Token);
        await gate.ArrivedAsync();
        await leave.CancelAsync();
        await UntilAsync(() => gate.WasStopped);
        await Assert.ThrowsAsync<OperationCanceledException>(() => leaving);
        gate.Open();
        (await server.TokenizeAsync()).AssertOk();
    }

    [TestMethod]
    public async Task More_than_may_wait_are_told_to_come_back_and_the_others_are_served()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MaximumWaiting = 2 }, gate: gate);
        Task<Answer> first = server.TokenizeAsync();
        await gate.ArrivedAsync();
        Task<Answer>[] waiting = [server.TokenizeAsync(1), server.TokenizeAsync(2)];
        await UntilAsync(() => server.Server.State.Queue.IsFull);
        Answer refused = await server.TokenizeAsync(3);
        refused.AssertProblem(503, "busy", "ask again");
        Assert.AreEqual(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        (await server.GetAsync("/healthz/ready")).AssertProblem(503, "busy", "ask again");
        (await server.GetAsync("/healthz/live")).AssertOk();
        Assert.AreEqual(2, await server.MetricAsync("karl_queue_length"));
        gate.Open();
        foreach (Task<Answer> answer in new[] { first, waiting[0], waiting[1] })
        {
            (await answer).AssertOk();
        }

        (await server.GetAsync("/healthz/ready")).AssertOk();
    }

    [TestMethod]
    public async Task An_answer_that_takes_too_long_is_given_up_and_its_work_taken_out()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { RequestTimeout = TimeSpan.FromMilliseconds(400) }, gate: gate);
        (await server.TokenizeAsync()).AssertProblem(504, "time", "longer than 0.4 s");
        await UntilAsync(() => gate.WasStopped);
        Assert.AreEqual(0, server.Server.State.Queue.Waiting);
        Assert.IsEmpty(server.Log);
    }

    internal static async Task UntilAsync(Func<bool> holds)
    {
        for (int turn = 0; turn < 3000 && !holds(); turn++)
        {
            await Task.Delay(10);
        }

        Assert.IsTrue(holds(), "It did not come so within half a minute.");
    }
}

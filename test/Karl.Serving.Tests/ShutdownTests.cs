namespace Karl.Serving.Tests;

[TestClass]
public sealed class ShutdownTests
{
    [TestMethod]
    public async Task StopAsync_RequestsUnderWay_AreFinishedAndNewOnesRefused()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(gate: gate);
        Task<Answer>[] underWay = [server.TokenizeAsync(1), server.TokenizeAsync(2)];
        await gate.ArrivedAsync();
        Task<bool> stopping = server.Server.StopAsync();
        await BatchingTests.UntilAsync(() => server.Server.State.IsStopping);
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            while (true)
            {
                (await server.TokenizeAsync(3)).AssertProblem(503, "stopping", "being stopped");
            }
        });
        Assert.IsFalse(stopping.IsCompleted);
        gate.Open();
        Assert.IsTrue(await stopping);
        foreach (Task<Answer> answer in underWay)
        {
            (await answer).AssertOk();
        }
    }

    [TestMethod]
    public async Task StopAsync_RequestsThatTakeTooLong_AreCutOff()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { DrainTimeout = TimeSpan.FromMilliseconds(300) }, gate: gate);
        Task<Answer> underWay = server.TokenizeAsync();
        await gate.ArrivedAsync();
        Assert.IsFalse(await server.Server.StopAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => underWay);
        await BatchingTests.UntilAsync(() => gate.WasStopped);
    }

    [TestMethod]
    public async Task StopAsync_Idle_IsSoonDoneAndCanBeAskedTwice()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (await server.TokenizeAsync()).AssertOk();
        Assert.IsTrue(await server.Server.StopAsync().WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.IsTrue(await server.Server.StopAsync());
    }
}

using System.Diagnostics;
using System.Text;

namespace Karl.Serving.Tests;

/// <summary>Clients that send too much, or too slowly.</summary>
[TestClass]
public sealed class LimitTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task A_gigabyte_that_is_announced_is_refused_before_it_is_sent()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using RawClient client = new(server.Server.Address);
        await client.HeadAsync("/v1/tokenize", "Content-Length: 1000000000");
        string answer = await client.ReadAsync(Long);
        StringAssert.StartsWith(answer, "HTTP/1.1 413 ");
        StringAssert.Contains(answer, "The upload has more than 33554432 bytes");
        StringAssert.Contains(answer, "Connection: close");
    }

    [TestMethod]
    public async Task A_gigabyte_that_is_not_announced_is_refused_without_being_held()
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MaximumUploadBytes = 1 << 20 });
        (await server.TokenizeAsync()).AssertOk();
        long before = GC.GetTotalAllocatedBytes();
        using RawClient client = new(server.Server.Address);
        await client.HeadAsync("/v1/tokenize", "Transfer-Encoding: chunked");
        byte[] chunk = new byte[1 << 20];
        int sent = 0;
        try
        {
            while (sent < 1000)
            {
                await client.ChunkAsync(chunk);
                sent++;
            }
        }
        catch (IOException)
        {
            Assert.IsGreaterThan(0, sent);
        }

        Assert.IsLessThan(1000, sent, "The server took all of it.");
        Assert.IsLessThan(32L << 20, GC.GetTotalAllocatedBytes() - before);
        (await server.TokenizeAsync()).AssertOk();
        Assert.AreEqual(1, await server.MetricAsync("karl_errors_total{kind=\"size\"}"));
        Assert.AreEqual(0, await server.MetricAsync("karl_upload_held_bytes"));
    }

    [TestMethod]
    public async Task A_form_with_too_large_a_file_is_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MaximumUploadBytes = 4096 });
        using MultipartFormDataContent form = new() { { new ByteArrayContent(new byte[5000]), "image", "a.png" } };
        using HttpResponseMessage response = await server.Client.PostAsync("/v1/tokenize", form);
        (await Answer.ReadAsync(response)).AssertProblem(413, "size", "more than 4096 bytes");
    }

    [TestMethod]
    public async Task A_client_that_is_too_slow_is_given_up_while_others_are_served()
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MinimumBytesPerSecond = 100_000, SlowGrace = TimeSpan.FromSeconds(1.2) });
        using RawClient slow = new(server.Server.Address);
        await slow.HeadAsync("/v1/tokenize", "Content-Length: 100000");
        await slow.WriteAsync("little"u8.ToArray());
        Task<string> answer = slow.ReadAsync(Long);
        int served = 0;
        while (!answer.IsCompleted)
        {
            (await server.TokenizeAsync(served++)).AssertOk();
        }

        StringAssert.StartsWith(await answer, "HTTP/1.1 408 ");
        Assert.IsGreaterThan(2, served);
        Assert.AreEqual(1, await server.MetricAsync("karl_errors_total{kind=\"slow\"}"));
    }

    [TestMethod]
    public async Task A_client_that_takes_too_long_altogether_is_given_up()
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { RequestTimeout = TimeSpan.FromMilliseconds(500) });
        using RawClient slow = new(server.Server.Address);
        await slow.HeadAsync("/v1/tokenize", "Content-Length: 100000");
        long start = Stopwatch.GetTimestamp();
        string answer = await slow.ReadAsync(Long);
        StringAssert.StartsWith(answer, "HTTP/1.1 408 ");
        StringAssert.Contains(answer, "came too slowly");
        Assert.IsLessThan(10.0, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    [TestMethod]
    public async Task Uploads_beyond_what_may_be_held_are_told_to_come_back()
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MaximumUploadBytes = 60_000, MaximumHeldBytes = 60_000 });
        using RawClient slow = new(server.Server.Address);
        await slow.HeadAsync("/v1/tokenize", "Content-Length: 50000");
        await slow.WriteAsync(new byte[100]);
        await BatchingTests.UntilAsync(() => server.Server.State.Held.Held > 0);
        (await server.TokenizeAsync()).AssertProblem(503, "busy", "ask again");
        slow.Dispose();
        await BatchingTests.UntilAsync(() => server.Server.State.Held.Held == 0);
        (await server.TokenizeAsync()).AssertOk();
    }

    [TestMethod]
    public async Task A_client_that_hangs_up_in_the_middle_leaves_nothing_behind()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        foreach (string type in new[] { "image/png", "multipart/form-data; boundary=x" })
        {
            using RawClient client = new(server.Server.Address);
            await client.HeadAsync("/v1/tokenize", $"Content-Type: {type}", "Content-Length: 50000");
            await client.WriteAsync(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nabc"));
            await BatchingTests.UntilAsync(() => server.Server.State.Held.Held > 0);
            client.Dispose();
            await BatchingTests.UntilAsync(() => server.Server.State.Held.Held == 0);
        }

        (await server.TokenizeAsync()).AssertOk();
        Assert.IsEmpty(server.Log);
    }

    [TestMethod]
    public async Task Requests_that_are_no_http_hurt_nobody()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using RawClient client = new(server.Server.Address);
        await client.WriteAsync(Encoding.ASCII.GetBytes("\u0001 nonsense \r\n\r\n"));
        StringAssert.StartsWith(await client.ReadAsync(Long), "HTTP/1.1 400 ");
        (await server.TokenizeAsync()).AssertOk();
    }
}

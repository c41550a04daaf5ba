using System.Text;

namespace Karl.Serving.Tests;

/// <summary>What is not answered as asked says what was found, what was wanted, and what to do.</summary>
[TestClass]
public sealed class ErrorTests
{
    private const string Json = "application/json";

    [TestMethod]
    public async Task Parameters_that_cannot_be_are_refused_all_at_once()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Answer many = await server.TokenizeAsync(query: "?epsilonn=1&budget=x&epsilon=-2");
        many.AssertProblem(400, "request", "There is no parameter 'epsilonn'");
        many.AssertProblem(400, "request", "'budget' is 'x'");
        many.AssertProblem(400, "request", "'epsilon' is '-2'");
        (await server.TokenizeAsync(query: "?epsilon=NaN")).AssertProblem(400, "request", "'epsilon' is 'NaN'");
        (await server.TokenizeAsync(query: "?epsilon=1&epsilon=2")).AssertProblem(400, "request", "given 2 times");
        (await server.TokenizeAsync(query: "?budget=99999")).AssertProblem(400, "request", "Budget is 99999; 1 to 64");
        (await server.TokenizeAsync(query: "?tokens=5&budget=9")).AssertProblem(400, "request", "leave out epsilon and budget");
        (await server.TokenizeAsync(query: "?model=other")).AssertProblem(404, "model", "there is tiny");
    }

    [TestMethod]
    public async Task Uploads_that_are_no_image_are_refused_and_hurt_nobody_else()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Task<Answer>[] good = [.. Enumerable.Range(0, 6).Select(seed => server.TokenizeAsync(seed))];
        byte[] cutOff = RunningServer.Png()[..200];
        Task<Answer>[] bad = [.. Enumerable.Range(0, 3).Select(_ => server.PostAsync("/v1/tokenize", cutOff))];
        foreach (Task<Answer> answer in bad)
        {
            (await answer).AssertProblem(422, "image", "damaged or cut off");
        }

        foreach (Task<Answer> answer in good)
        {
            (await answer).AssertOk();
        }

        (await server.PostAsync("/v1/complexity", Encoding.UTF8.GetBytes("hello, world"))).AssertProblem(422, "image", "wanted a JPEG, PNG, WebP, GIF or TIFF image");
        (await server.PostAsync("/v1/tokenize", [])).AssertProblem(400, "request", "The request is empty");
        Assert.IsEmpty(server.Log);
    }

    [TestMethod]
    public async Task Images_of_too_many_pixels_are_refused_from_their_header()
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MaximumPixels = 1000 });
        (await server.TokenizeAsync()).AssertProblem(422, "image", "wanted at most 1000 in all");
    }

    [TestMethod]
    public async Task Forms_that_are_not_one_file_are_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using MultipartFormDataContent two = new() { { new ByteArrayContent(RunningServer.Png()), "image", "a.png" }, { new ByteArrayContent(RunningServer.Png()), "image", "b.png" } };
        await AssertAsync(two, "more than one file");
        using MultipartFormDataContent field = new() { { new StringContent("0.1"), "epsilon" } };
        await AssertAsync(field, "field 'epsilon'");
        using MultipartFormDataContent none = [];
        await AssertAsync(none, "one file alone was expected");
        (await server.PostAsync("/v1/tokenize", "garbage"u8.ToArray(), "multipart/form-data; boundary=x")).AssertProblem(400, "request", "The form cannot be read");
        (await server.PostAsync("/v1/tokenize", "garbage"u8.ToArray(), "multipart/form-data")).AssertProblem(400, "request", "boundary");

        async Task AssertAsync(HttpContent form, string words)
        {
            using HttpResponseMessage response = await server.Client.PostAsync("/v1/tokenize", form);
            (await Answer.ReadAsync(response)).AssertProblem(400, "request", words);
        }
    }

    [TestMethod]
    public async Task Tokens_that_are_none_or_another_models_are_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync(withSecond: true);
        string line = (await server.TokenizeAsync()).AssertOk().Text;
        (await SendAsync("nonsense")).AssertProblem(422, "tokens", "not a line of tokens");
        (await SendAsync("[]")).AssertProblem(422, "tokens", "an object was expected");
        (await SendAsync("{\"path\":\"a\",\"error\":\"broken\"}")).AssertProblem(422, "tokens", "could not be read");
        (await SendAsync(line.Replace("\"model\":\"", "\"model\":\"0", StringComparison.Ordinal))).AssertProblem(422, "tokens", "were made with model");
        (await SendAsync(line.Replace("\"codebook\":64", "\"codebook\":4096", StringComparison.Ordinal))).AssertProblem(422, "tokens", "codebook");
        (await SendAsync(line, "?model=continuous")).AssertProblem(422, "tokens", "were made with model");
        (await SendAsync(line, "?epsilon=0.1")).AssertProblem(400, "request", "leave them out");
        (await server.PostAsync("/v1/tokenize", Encoding.UTF8.GetBytes(line), Json)).AssertProblem(415, "type", "takes an image");
        (await server.PostAsync("/v1/explain", RunningServer.Png())).AssertProblem(415, "type", "takes a line of tokens");
        (await server.PostAsync("/v1/explain?epsilon=1", Encoding.UTF8.GetBytes(line), Json)).AssertProblem(400, "request", "There is no parameter 'epsilon'");

        Task<Answer> SendAsync(string body, string query = "") => server.PostAsync("/v1/reconstruct" + query, Encoding.UTF8.GetBytes(body), Json);
    }

    [TestMethod]
    public async Task Paths_and_methods_that_are_not_there_say_where_to_look()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        (await server.GetAsync("/v2/tokenize")).AssertProblem(404, "path", "/openapi.json");
        (await server.GetAsync("/v1/tokenize")).AssertProblem(405, "method", "does not take GET");
        (await server.GetAsync("/v1/samples/nothing")).AssertProblem(404, "sample", "there is flat");
        (await server.GetAsync("/page/../../etc/passwd")).AssertProblem(404, "path", "There is nothing");
    }

    [TestMethod]
    [DataRow("evil.example", false)]
    [DataRow("evil.example:80", false)]
    [DataRow("localhost.evil.example", false)]
    [DataRow("127.0.0.1.evil.example", false)]
    [DataRow("localhost:1", true)]
    [DataRow("LOCALHOST", true)]
    [DataRow("127.0.0.1", true)]
    [DataRow("[::1]:8080", true)]
    [DataRow("192.168.1.7", true)]
    [DataRow("images.example", true)]
    public async Task Requests_by_another_name_are_refused(string host, bool isOurs)
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { HostNames = ["images.example"] });
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/models");
        request.Headers.Host = host;
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Answer answer = await Answer.ReadAsync(response);
        if (isOurs)
        {
            answer.AssertOk();
        }
        else
        {
            answer.AssertProblem(421, "host", "--allow-host");
        }
    }

    [TestMethod]
    public async Task Requests_of_other_pages_are_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        foreach ((string origin, bool isOurs) in new[] { ("http://evil.example", false), ("null", false), ("http://127.0.0.1:1", false), (server.Server.Address.GetLeftPart(UriPartial.Authority), true) })
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/v1/tokenize") { Content = new ByteArrayContent(RunningServer.Png()) };
            request.Headers.Add("Origin", origin);
            using HttpResponseMessage response = await server.Client.SendAsync(request);
            Answer answer = await Answer.ReadAsync(response);
            if (isOurs)
            {
                answer.AssertOk();
            }
            else
            {
                answer.AssertProblem(403, "origin", "only this server's own page");
            }
        }
    }

    [TestMethod]
    public async Task Failures_nobody_foresaw_are_logged_and_told_without_their_innards()
    {
        using Gate gate = new();
        await using RunningServer server = await RunningServer.StartAsync(gate: gate);
        gate.Dispose();
        Answer answer = await server.TokenizeAsync();
        answer.AssertProblem(500, "internal", "Please report it");
        Assert.DoesNotContain("Disposed", answer.Text);
        Assert.HasCount(1, server.Log);
        StringAssert.Contains(server.Log[0], nameof(ObjectDisposedException));
    }

    [TestMethod]
    public async Task Options_and_models_that_cannot_be_are_refused_all_at_once()
    {
        ArgumentException error = await Assert.ThrowsExactlyAsync<ArgumentException>(() => RunningServer.StartAsync(new ServingOptions { MaximumBatch = 0, MaximumUploadBytes = 5, HostNames = ["a b"] }));
        foreach (string words in new[] { "MaximumBatch is 0", "MaximumUploadBytes is 5", "HostNames are a b" })
        {
            StringAssert.Contains(error.Message, words);
        }

        await Assert.ThrowsExactlyAsync<ArgumentException>(() => TokenizationServer.StartAsync([]));
        await using RunningServer server = await RunningServer.StartAsync();
        ServedModel model = server.Server.State.Models[0];
        await Assert.ThrowsExactlyAsync<ArgumentException>(() => TokenizationServer.StartAsync([model, model]));
        await Assert.ThrowsExactlyAsync<IOException>(() => TokenizationServer.StartAsync([model], new ServingOptions { Port = server.Server.Address.Port }));
    }
}

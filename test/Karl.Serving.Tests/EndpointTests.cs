using System.Text.Json;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Serving.Tests;

[TestClass]
public sealed class EndpointTests
{
    private const string Json = "application/json";

    [TestMethod]
    public async Task Tokenize_AsBodyAndAsForm_GivesTheLibrarysTokens()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        TokenSequence wanted = server.Tokenizer.Encode(RunningServer.Image(3), new TokenizeOptions { Epsilon = 0.02f, Budget = 20 });
        TokenLine body = TokenLine.Parse((await server.TokenizeAsync(3, "?epsilon=0.02&budget=20")).AssertOk().Text);
        AssertSame(wanted, body.Tokens!);
        Assert.AreEqual("image", body.Path);

        using MultipartFormDataContent form = new() { { new ByteArrayContent(RunningServer.Png(3)), "image", "a folder/wave.png" } };
        using HttpResponseMessage response = await server.Client.PostAsync("/v1/tokenize?epsilon=0.02&budget=20&model=tiny", form);
        TokenLine uploaded = TokenLine.Parse((await Answer.ReadAsync(response)).AssertOk().Text);
        AssertSame(wanted, uploaded.Tokens!);
        Assert.AreEqual("wave.png", uploaded.Path);
    }

    [TestMethod]
    public async Task Tokenize_ExactlySoMany_GivesSoMany()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.AreEqual(7, (await server.TokenizeAsync(1, "?tokens=7")).AssertOk().Json.GetProperty("tokens").GetInt32());
    }

    [TestMethod]
    public async Task Reconstruct_AnImage_GivesTheLibrarysImage()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        RgbImage wanted = server.Tokenizer.Decode(server.Tokenizer.Encode(RunningServer.Image(2)));
        Answer answer = (await server.PostAsync("/v1/reconstruct", RunningServer.Png(2))).AssertOk();
        Assert.AreEqual("image/png", answer.MediaType);
        AssertSame(wanted, new ImageDecoder().Decode(answer.Body));
    }

    [TestMethod]
    [DataRow("tiny")]
    [DataRow("continuous")]
    public async Task Reconstruct_TokensThatTokenizeGave_GivesTheSameImage(string model)
    {
        await using RunningServer server = await RunningServer.StartAsync(withSecond: true);
        Answer image = (await server.PostAsync($"/v1/reconstruct?model={model}", RunningServer.Png(2))).AssertOk();
        Answer line = (await server.TokenizeAsync(2, $"?model={model}")).AssertOk();
        Answer again = (await server.PostAsync($"/v1/reconstruct?model={model}", line.Body, Json)).AssertOk();
        AssertSame(new ImageDecoder().Decode(image.Body), new ImageDecoder().Decode(again.Body));
    }

    [TestMethod]
    public async Task Reconstruct_AsJson_TellsWhatTheModelSawAndHowFarItIs()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement answer = (await server.PostAsync("/v1/reconstruct", RunningServer.Png(4), accept: Json)).AssertOk().Json;
        byte[] original = answer.GetProperty("original").GetBytesFromBase64();
        AssertSame(server.Tokenizer.Preprocessor.Process(RunningServer.Image(4)), new ImageDecoder().Decode(original));
        Assert.AreEqual(TinyBudget, answer.GetProperty("halting_probabilities").GetArrayLength());
        Assert.IsGreaterThan(0, answer.GetProperty("error").GetDouble());

        // The page sends what the model saw in place of the image: it must give the same.
        JsonElement again = (await server.PostAsync("/v1/reconstruct", original, accept: Json)).AssertOk().Json;
        Assert.AreEqual(answer.GetProperty("reconstruction").GetString(), again.GetProperty("reconstruction").GetString());
        Assert.AreEqual(answer.GetProperty("error").GetDouble(), again.GetProperty("error").GetDouble());
    }

    [TestMethod]
    public async Task Complexity_TellsTokensBitsAndError()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        JsonElement answer = (await server.PostAsync("/v1/complexity?epsilon=0.3", RunningServer.Png(5))).AssertOk().Json;
        TokenSequence tokens = server.Tokenizer.Encode(RunningServer.Image(5), new TokenizeOptions { Epsilon = 0.3f });
        Assert.AreEqual(tokens.Count, answer.GetProperty("tokens").GetInt32());
        Assert.AreEqual(tokens.Bits, answer.GetProperty("bits").GetDouble());
        Assert.AreEqual(answer.GetProperty("error").GetDouble() <= 0.3, answer.GetProperty("error_met").GetBoolean());
    }

    [TestMethod]
    [DataRow("tiny")]
    [DataRow("continuous")]
    public async Task Explain_EachToken_HasTheChangeOfLeavingItOut(string model)
    {
        await using RunningServer server = await RunningServer.StartAsync(new ServingOptions { MaximumBatch = 3 }, withSecond: true);
        Answer line = (await server.TokenizeAsync(6, $"?tokens=8&model={model}")).AssertOk();
        JsonElement answer = (await server.PostAsync($"/v1/explain?model={model}", line.Body, Json)).AssertOk().Json;
        Assert.AreEqual(8, answer.GetProperty("maps").GetArrayLength());
        int[][] maps = [.. answer.GetProperty("maps").EnumerateArray().Select(map => map.EnumerateArray().Select(value => value.GetInt32()).ToArray())];
        Assert.AreEqual(255, maps.Max(map => map.Max()));
        Assert.IsTrue(maps.All(map => map.Length == Karl.Testing.TinyModel.ImageTokens && map.Min() >= 0));
    }

    [TestMethod]
    public async Task Models_AreListedInOrderWithWhatTheyTake()
    {
        await using RunningServer server = await RunningServer.StartAsync(withSecond: true);
        JsonElement[] models = [.. (await server.GetAsync("/v1/models")).AssertOk().Json.GetProperty("models").EnumerateArray()];
        CollectionAssert.AreEqual(new[] { "tiny", "continuous" }, models.Select(model => model.GetProperty("name").GetString()).ToArray());
        Assert.AreEqual(Karl.Testing.TinyModel.CodebookSize, models[0].GetProperty("codebook").GetInt32());
        Assert.IsFalse(models[1].TryGetProperty("codebook", out _));
        Assert.AreEqual(Karl.Testing.TinyModel.MaximumBudget, models[1].GetProperty("maximum_budget").GetInt32());
    }

    [TestMethod]
    public async Task Samples_CanAllBeFetchedAndTokenized()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        string[] names = [.. (await server.GetAsync("/v1/samples")).AssertOk().Json.GetProperty("samples").EnumerateArray().Select(sample => sample.GetProperty("name").GetString()!)];
        CollectionAssert.AreEqual(DemonstrationImages.All.Select(image => image.Name).ToArray(), names);
        foreach (string name in names)
        {
            Answer image = (await server.GetAsync($"/v1/samples/{name}")).AssertOk();
            (await server.PostAsync("/v1/tokenize", image.Body)).AssertOk();
        }
    }

    [TestMethod]
    public async Task Page_AndItsFiles_AreThereWithTheirTypesAndAreNotSentTwice()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Answer page = (await server.GetAsync("/")).AssertOk();
        Assert.AreEqual("text/html; charset=utf-8", page.MediaType);
        foreach (string file in new[] { "page.css", "main.js", "panel.js", "strip.js", "pictures.js", "source.js", "api.js", "icon.svg" })
        {
            (await server.GetAsync($"/page/{file}")).AssertOk();
        }

        using HttpRequestMessage again = new(HttpMethod.Get, "/page/main.js");
        again.Headers.IfNoneMatch.Add((await server.GetAsync("/page/main.js")).Headers.ETag!);
        using HttpResponseMessage unchanged = await server.Client.SendAsync(again);
        Assert.AreEqual(304, (int)unchanged.StatusCode);
    }

    [TestMethod]
    public async Task Health_WhileItRuns_IsLiveAndReady()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        Assert.AreEqual("ready", (await server.GetAsync("/healthz")).AssertOk().Json.GetProperty("status").GetString());
        Assert.AreEqual("ready", (await server.GetAsync("/healthz/ready")).AssertOk().Json.GetProperty("status").GetString());
        Assert.AreEqual("live", (await server.GetAsync("/healthz/live")).AssertOk().Json.GetProperty("status").GetString());
        using HttpResponseMessage head = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/healthz"));
        Assert.AreEqual(200, (int)head.StatusCode);
    }

    [TestMethod]
    public async Task Answers_TellBrowsersToLoadNothingFromElsewhere()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        foreach (string path in new[] { "/", "/v1/models", "/no/such/path" })
        {
            Answer answer = await server.GetAsync(path);
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            StringAssert.Contains(policy, "default-src 'none'");
            Assert.DoesNotContain("unsafe", policy);
            Assert.AreEqual("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.IsFalse(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.IsFalse(answer.Headers.Contains("Server"));
        }
    }

    private const int TinyBudget = Karl.Testing.TinyModel.DefaultBudget;

    private static void AssertSame(TokenSequence wanted, TokenSequence found)
    {
        CollectionAssert.AreEqual(wanted.Positions.ToArray(), found.Positions.ToArray());
        CollectionAssert.AreEqual(wanted.Codes.ToArray(), found.Codes.ToArray());
    }

    private static void AssertSame(RgbImage wanted, RgbImage found) => CollectionAssert.AreEqual(wanted.Pixels.ToArray(), found.Pixels.ToArray());
}

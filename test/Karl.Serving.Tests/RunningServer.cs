using System.Net.Http.Headers;
using System.Text.Json;
using Karl.Serving.Internals.Batching;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;

namespace Karl.Serving.Tests;

/// <summary>A server on a free port of this machine, with a tiny model, and a client for it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly ImageTokenizerOptions Running = new() { Threads = 1, AllowSpinning = false };
    private readonly ImageTokenizer[] _tokenizers;

    private RunningServer(TokenizationServer server, ImageTokenizer[] tokenizers, List<string> log)
    {
        (Server, _tokenizers, Log) = (server, tokenizers, log);
        Client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public TokenizationServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Lines of its log.</summary>
    public List<string> Log { get; }

    public ImageTokenizer Tokenizer => _tokenizers[0];

    /// <summary>Starts one with models <c>tiny</c> and, where asked for, <c>continuous</c>.</summary>
    public static async Task<RunningServer> StartAsync(ServingOptions? options = null, bool withSecond = false, Gate? gate = null)
    {
        using TemporaryFolder folder = new();
        List<ImageTokenizer> tokenizers = [];
        foreach (bool quantized in withSecond ? [true, false] : new[] { true })
        {
            new TinyModel(quantized).Write(folder["tiny.karl"]);
            tokenizers.Add(ImageTokenizer.Load(folder["tiny.karl"], Running));
        }

        ServedModel[] models = [.. tokenizers.Select((tokenizer, index) => new ServedModel(index == 0 ? "tiny" : "continuous", tokenizer))];
        List<string> log = [];
        TokenizationServer server = await TokenizationServer.StartAsync(
            models, (options ?? new ServingOptions()) with { Port = 0 }, log.Add, gate is null ? ModelRunner.Run : gate.Run, CancellationToken.None);
        return new RunningServer(server, [.. tokenizers], log);
    }

    /// <summary>Starts one with the model that comes along, and a tiny one beside it.</summary>
    public static async Task<RunningServer> StartDefaultAsync()
    {
        using TemporaryFolder folder = new();
        new TinyModel().Write(folder["tiny.karl"]);
        ImageTokenizer[] tokenizers = [ImageTokenizer.LoadDefault(Running), ImageTokenizer.Load(folder["tiny.karl"], Running)];
        TokenizationServer server = await TokenizationServer.StartAsync([new ServedModel("default.karl", tokenizers[0]), new ServedModel("tiny", tokenizers[1])], new ServingOptions { Port = 0 });
        return new RunningServer(server, tokenizers, []);
    }

    /// <summary>An image of waves that depend on a seed, as PNG.</summary>
    public static byte[] Png(int seed = 0) => ImageWriter.EncodePng(Image(seed));

    /// <summary>The same as pixels.</summary>
    public static RgbImage Image(int seed = 0)
    {
        RgbImage image = new(50, 40);
        for (int index = 0; index < image.Pixels.Length; index++)
        {
            image.Pixels.Span[index] = (byte)(127 + (100 * Math.Sin((index * (0.01 + (seed * 0.003))) + seed)));
        }

        return image;
    }

    /// <summary>Sends bytes.</summary>
    public async Task<Answer> PostAsync(string path, byte[] body, string? contentType = null, string? accept = null, CancellationToken cancellationToken = default)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        using HttpResponseMessage response = await Client.SendAsync(request, cancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Asks for something.</summary>
    public async Task<Answer> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(path);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Sends an image to be tokenized.</summary>
    public Task<Answer> TokenizeAsync(int seed = 0, string query = "", CancellationToken cancellationToken = default) =>
        PostAsync("/v1/tokenize" + query, Png(seed), cancellationToken: cancellationToken);

    /// <summary>The value of a metric, 0 where it is not there yet.</summary>
    public async Task<double> MetricAsync(string name)
    {
        string? line = (await GetAsync("/metrics")).Text.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        Array.ForEach(_tokenizers, tokenizer => tokenizer.Dispose());
    }
}

/// <summary>What a server answered.</summary>
internal sealed record Answer(int Status, string? MediaType, byte[] Body, HttpResponseHeaders Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsByteArrayAsync(), response.Headers);

    /// <summary>Asserts that this is a problem of that status and kind with words in its sentence.</summary>
    public void AssertProblem(int status, string kind, string words)
    {
        Assert.AreEqual(status, Status, Text);
        Assert.AreEqual("application/problem+json", MediaType);
        Assert.AreEqual(status, Json.GetProperty("status").GetInt32());
        Assert.AreEqual(kind, Json.GetProperty("kind").GetString());
        StringAssert.Contains(Json.GetProperty("detail").GetString(), words);
    }

    /// <summary>Asserts that all went well.</summary>
    public Answer AssertOk()
    {
        Assert.AreEqual(200, Status, Text);
        return this;
    }
}

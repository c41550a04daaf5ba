using System.Net;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class ServeTests
{
    [TestMethod]
    public async Task I_can_serve_a_model_ask_it_and_stop_it()
    {
        using Workplace place = new();
        place.Photos(1);
        using Serving serving = await Serving.StartAsync("--model", place.Model, "--compare", place.Model, "--port", "0", "--threads", "1");
        using HttpClient client = new() { BaseAddress = serving.Address };
        using ByteArrayContent image = new(await File.ReadAllBytesAsync(place["photos", "0.png"]));
        using HttpResponseMessage response = await client.PostAsync("/v1/tokenize?epsilon=0.1", image);
        TokenLine line = TokenLine.Parse(await response.Content.ReadAsStringAsync());
        CliResult alone = await Cli.RunAsync(["tokenize", place["photos", "0.png"], "--model", place.Model, "--epsilon", "0.1"]);
        CollectionAssert.AreEqual(TokenLine.Parse(alone.Output).Tokens!.Codes, line.Tokens!.Codes);
        StringAssert.Contains(await client.GetStringAsync("/v1/models"), "tiny.karl (2)");
        StringAssert.StartsWith(await client.GetStringAsync("/"), "<!doctype html>");

        CliResult result = await serving.StopAsync();
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        CollectionAssert.AreEqual(new[] { "karl: serving tiny.karl and tiny.karl (2); Ctrl-C stops.", "karl: stopping." }, result.ErrorLines);
        Assert.HasCount(1, result.OutputLines);
    }

    [TestMethod]
    public async Task A_server_for_more_than_this_machine_comes_with_a_warning()
    {
        using Workplace place = new();
        using Serving serving = await Serving.StartAsync("--model", place.Model, "--port", "0", "--host", "0.0.0.0");
        CliResult result = await serving.StopAsync();
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        StringAssert.StartsWith(result.Error, "karl: warning: everybody who reaches 0.0.0.0 can use this server");
    }

    [TestMethod]
    [DataRow("--port", "99999", "Port is 99999")]
    [DataRow("--host", "example.org", "--host is 'example.org'; an address")]
    [DataRow("--max-bytes", "5", "MaximumUploadBytes is 5")]
    [DataRow("--timeout", "-3", "RequestTimeout is")]
    [DataRow("--allow-host", "a/b", "HostNames are a/b")]
    [DataRow("--compare", "nowhere.karl", "There is no model 'nowhere.karl'")]
    [DataRow("--model", "nowhere.karl", "There is no model 'nowhere.karl'")]
    [DataRow("--threads", "0", "--threads is 0")]
    public async Task What_cannot_be_is_refused_before_anything_is_loaded(string option, string value, string message) =>
        (await Cli.RunAsync(["serve", option, value])).AssertRefused(KarlCommand.BadUsage, message);

    [TestMethod]
    public async Task A_port_that_is_taken_is_told()
    {
        using Workplace place = new();
        using Serving serving = await Serving.StartAsync("--model", place.Model, "--port", "0");
        (await Cli.RunAsync(["serve", "--model", place.Model, "--port", $"{serving.Address.Port}"])).AssertRefused(KarlCommand.Failure, "already in use");
        await serving.StopAsync();
    }

    /// <summary>Output whose first line can be waited for.</summary>
    private sealed class Announcement : StringWriter
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            First.TrySetResult(value ?? string.Empty);
        }
    }

    /// <summary>The command while it runs.</summary>
    private sealed class Serving : IDisposable
    {
        private readonly Announcement _output = new();
        private readonly StringWriter _error = new();
        private readonly CancellationTokenSource _interrupt = new();
        private readonly Task<int> _running;

        private Serving(string[] options) =>
            _running = Task.Run(() => KarlCommand.RunAsync(["serve", .. options], TextWriter.Synchronized(_output), TextWriter.Synchronized(_error), _interrupt.Token));

        public Uri Address { get; private set; } = new("http://localhost");

        public static async Task<Serving> StartAsync(params string[] options)
        {
            Serving serving = new(options);
            await Task.WhenAny(serving._output.First.Task, serving._running);
            Assert.IsTrue(serving._output.First.Task.IsCompleted, serving._error.ToString());
            string address = await serving._output.First.Task;
            serving.Address = new Uri(address.Replace(IPAddress.Any.ToString(), IPAddress.Loopback.ToString(), StringComparison.Ordinal));
            return serving;
        }

        public async Task<CliResult> StopAsync()
        {
            await _interrupt.CancelAsync();
            return new CliResult(await _running, _output.ToString(), _error.ToString());
        }

        public void Dispose()
        {
            _output.Dispose();
            _error.Dispose();
            _interrupt.Dispose();
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Karl.Serving.Tests;

[TestClass]
public sealed partial class MetricsTests
{
    [TestMethod]
    public async Task Metrics_CountRequestsErrorsImagesAndTokens()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        int tokens = 0;
        for (int seed = 0; seed < 3; seed++)
        {
            tokens += (await server.TokenizeAsync(seed)).Json.GetProperty("tokens").GetInt32();
        }

        await server.PostAsync("/v1/tokenize", [1, 2, 3]);
        await server.GetAsync("/nowhere\"quoted");
        Assert.AreEqual(3, await server.MetricAsync("karl_requests_total{endpoint=\"/v1/tokenize\",status=\"200\"}"));
        Assert.AreEqual(1, await server.MetricAsync("karl_requests_total{endpoint=\"/v1/tokenize\",status=\"422\"}"));
        Assert.AreEqual(1, await server.MetricAsync("karl_requests_total{endpoint=\"none\",status=\"404\"}"));
        Assert.AreEqual(1, await server.MetricAsync("karl_errors_total{kind=\"image\"}"));
        Assert.AreEqual(3, await server.MetricAsync("karl_images_total{model=\"tiny\"}"));
        Assert.AreEqual(tokens, await server.MetricAsync("karl_tokens_total{model=\"tiny\"}"));
        Assert.AreEqual(4, await server.MetricAsync("karl_request_seconds_count{endpoint=\"/v1/tokenize\"}"));
    }

    [TestMethod]
    public async Task Metrics_AreOfPrometheusForm()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.TokenizeAsync();
        Answer answer = (await server.GetAsync("/metrics")).AssertOk();
        Assert.AreEqual("text/plain; version=0.0.4; charset=utf-8", answer.MediaType);
        StringAssert.EndsWith(answer.Text, "\n");
        foreach (string line in answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.IsTrue(Head().IsMatch(line) || Sample().IsMatch(line), line);
        }

        double[] buckets =
        [
            .. answer.Text.Split('\n').Where(line => line.StartsWith("karl_request_seconds_bucket{endpoint=\"/v1/tokenize\"", StringComparison.Ordinal))
                .Select(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)),
        ];
        CollectionAssert.AreEqual(buckets.Order().ToArray(), buckets);
        Assert.AreEqual(1, buckets[^1]);
    }

    [GeneratedRegex("^# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))$")]
    private static partial Regex Head();

    [GeneratedRegex("^[a-z_]+(\\{[a-z]+=\"[^\"\\n]*\"(,[a-z]+=\"[^\"\\n]*\")*\\})? (\\+Inf|-?[0-9.]+(E[-+][0-9]+)?)$")]
    private static partial Regex Sample();
}

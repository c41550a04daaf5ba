using Karl.Tokenizers;
using Karl.Tokenizers.Evaluation;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class EvaluateTests
{
    [TestMethod]
    public async Task I_can_see_how_close_a_folder_comes_back_from_how_many_tokens()
    {
        using Workplace place = new();
        string photos = place.Photos(5);
        CliResult result = await Cli.RunAsync(
            ["evaluate", photos, "--model", place.Model, "--budgets", "16", "64", "--epsilons", "0.05", "0.2", "--budget", "30", "--output", place["out"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model);
        EvaluationOptions options = new() { Budgets = [16, 64], Epsilons = [0.05f, 0.2f], MostTokens = 30 };
        Assert.AreEqual(tokenizer.Evaluate(Directory.GetFiles(photos).Order(), options, "tiny.karl").ToString(), result.Output);
        Assert.AreEqual(result.Output, File.ReadAllText(place["out", "report.md"]));
        CollectionAssert.AreEquivalent(
            new[] { "closeness.png", "complexity.png", "images.csv", "report.md", "summary.csv" },
            Directory.GetFiles(place["out"]).Select(Path.GetFileName).ToArray());
        string[] headings = [.. result.OutputLines.Where(line => line.StartsWith("| asked for", StringComparison.Ordinal))];
        Assert.HasCount(2, headings);
        Assert.AreEqual(1, result.OutputLines.Count(line => line.StartsWith("| 16 tokens", StringComparison.Ordinal)));
        Assert.AreEqual(2, result.OutputLines.Count(line => line.StartsWith("| epsilon 0.2 ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_broken_image_is_told_and_the_rest_goes_on()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        File.WriteAllText(place["photos", "1.jpg"], "no image");
        CliResult result = await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--budgets", "8", "--epsilons", "0.05"]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        Assert.HasCount(1, result.ErrorLines);
        StringAssert.Contains(result.Error, place["photos", "1.jpg"]);
        StringAssert.StartsWith(result.Output, "tiny.karl; 2 images, 1 more could not be read\n");
        Assert.IsFalse(Directory.Exists(place["out"]));
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string photos = place.Photos(1);
        (await Cli.RunAsync(["evaluate", photos, "--model", place["none.karl"]])).AssertRefused(KarlCommand.BadUsage, "There is no model");
        (await Cli.RunAsync(["evaluate", place["none"], "--model", place.Model])).AssertRefused(KarlCommand.BadUsage, "No image was found");
        (await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--output", place.Folder])).AssertRefused(KarlCommand.BadUsage, "lies in the output folder");
        (await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--output", place.Model])).AssertRefused(KarlCommand.BadUsage, "is a file");
        (await Cli.RunAsync(["evaluate", photos, "--model", place.Model, "--budgets", "9999", "--output", place["out"]])).AssertRefused(KarlCommand.Failure, "A budget is 9999");
        Assert.IsFalse(Directory.Exists(place["out"]));
    }

    [TestMethod]
    public async Task Ctrl_C_ends_it_without_results()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["evaluate", place.Photos(2), "--model", place.Model, "--output", place["out"]], new CancellationToken(canceled: true));
        Assert.AreEqual(KarlCommand.Interrupted, result.Code);
        Assert.IsFalse(Directory.Exists(place["out"]));
    }
}

namespace Karl.Cli.Tests;

[TestClass]
public sealed class ComplexityTests
{
    [TestMethod]
    public async Task I_can_sort_a_folder_by_complexity_and_compare_with_scores()
    {
        using Workplace place = new();
        string photos = place.Photos(5);
        File.WriteAllLines(place["scores.csv"], ["path,score", .. Enumerable.Range(0, 4).Select(index => $"{index}.{(index % 2 == 0 ? "png" : "jpg")},{index}")]);
        CliResult result = await Cli.RunAsync(["complexity", photos, "--model", place.Model, "--output", place["out"], "--epsilon", "0.1", "--scores", place["scores.csv"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
        StringAssert.StartsWith(result.Output, "tiny.karl; 5 images; epsilon 0.1, ");
        StringAssert.Contains(result.Output, "Agreement with the scores of 4 images:");
        Assert.AreEqual(result.Output, File.ReadAllText(place["out", "report.md"]));
        CollectionAssert.AreEquivalent(
            new[] { "complexity.csv", "complexity.jsonl", "report.md", "scores.png", "sheet.png", "structure.png", "tokens.png" },
            Directory.GetFiles(place["out"]).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task A_broken_image_is_told_and_the_rest_goes_on()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        File.WriteAllText(place["photos", "1.jpg"], "no image");
        CliResult result = await Cli.RunAsync(["complexity", photos, "--model", place.Model, "--output", place["out"], "--sheet", "0"]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        Assert.HasCount(1, result.ErrorLines);
        StringAssert.Contains(result.Error, place["photos", "1.jpg"]);
        StringAssert.Contains(result.Output, "; 2 images, 1 more could not be read;");
        Assert.IsFalse(File.Exists(place["out", "sheet.png"]));
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string photos = place.Photos(1);
        File.WriteAllText(place["scores.csv"], "score\n1\n");
        (await Cli.RunAsync(["complexity", photos, "--model", place.Model, "-o", place.Folder])).AssertRefused(KarlCommand.BadUsage, "lies in the output folder");
        (await Cli.RunAsync(["complexity", photos, "--model", place.Model, "-o", place.Model])).AssertRefused(KarlCommand.BadUsage, "is a file");
        (await Cli.RunAsync(["complexity", place["none"], "--model", place.Model, "-o", place["out"]])).AssertRefused(KarlCommand.BadUsage, "No image was found");
        (await Cli.RunAsync(["complexity", photos, "--model", place.Model, "-o", place["out"], "--scores", place["none.csv"]])).AssertRefused(KarlCommand.BadUsage, "There is no file");
        (await Cli.RunAsync(["complexity", photos, "--model", place.Model, "-o", place["out"], "--scores", place["scores.csv"]])).AssertRefused(KarlCommand.Failure, "names of columns");
        (await Cli.RunAsync(["complexity", photos, "--model", place.Model, "-o", place["out"], "--small-budget", "9999"])).AssertRefused(KarlCommand.Failure, "SmallBudget is 9999");
        (await Cli.RunAsync(["complexity", photos, "--model", place.Model, "-o", place["out"], "--sheet", "-1"])).AssertRefused(KarlCommand.BadUsage, "--sheet is -1");
        Assert.IsFalse(Directory.Exists(place["out"]));
    }

    [TestMethod]
    public async Task Ctrl_C_ends_it_without_results()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["complexity", place.Photos(2), "--model", place.Model, "-o", place["out"]], new CancellationToken(canceled: true));
        Assert.AreEqual(KarlCommand.Interrupted, result.Code);
        Assert.IsFalse(Directory.Exists(place["out"]));
    }
}

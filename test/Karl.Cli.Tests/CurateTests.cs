namespace Karl.Cli.Tests;

[TestClass]
public sealed class CurateTests
{
    [TestMethod]
    public async Task I_can_choose_a_balanced_subset_without_duplicates()
    {
        using Workplace place = new();
        string photos = place.Photos(6);
        File.Copy(place["photos", "0.png"], place["photos", "zero.png"]);
        CliResult result = await Cli.RunAsync(["curate", photos, "--model", place.Model, "-o", place["out"], "--size", "3", "--seed", "1", "--buckets", "2"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
        StringAssert.StartsWith(result.Output, "tiny.karl; 7 images; ");
        StringAssert.Contains(result.Output, "; 3 selected\n");
        string[] subset = File.ReadAllLines(place["out", "subset.txt"]);
        Assert.HasCount(3, subset);
        Assert.IsTrue(subset.All(File.Exists));
        Assert.AreEqual(2, File.ReadAllLines(place["out", "images.csv"]).Select(line => line.Split(',')).Count(fields => (fields[0].EndsWith("/0.png", StringComparison.Ordinal) || fields[0].EndsWith("zero.png", StringComparison.Ordinal)) && fields[5].Length > 0));
        CliResult again = await Cli.RunAsync(["curate", photos, "--model", place.Model, "-o", place["again"], "--size", "3", "--seed", "1", "--buckets", "2"]);
        Assert.AreEqual(result.Output, again.Output);
        Assert.AreEqual(File.ReadAllText(place["out", "report.html"]), File.ReadAllText(place["again", "report.html"]));
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string photos = place.Photos(1);
        (await Cli.RunAsync(["curate", photos, "--model", place.Model, "-o", place.Folder])).AssertRefused(KarlCommand.BadUsage, "lies in the output folder");
        (await Cli.RunAsync(["curate", photos, "--model", place.Model, "-o", place.Model])).AssertRefused(KarlCommand.BadUsage, "is a file");
        (await Cli.RunAsync(["curate", place["none"], "--model", place.Model, "-o", place["out"]])).AssertRefused(KarlCommand.BadUsage, "No image was found");
        (await Cli.RunAsync(["curate", photos, "--model", place.Model, "-o", place["out"], "--size", "0"])).AssertRefused(KarlCommand.BadUsage, "--size is 0");
        (await Cli.RunAsync(["curate", photos, "--model", place.Model, "-o", place["out"], "--buckets", "0"])).AssertRefused(KarlCommand.Failure, "Buckets is 0");
        Assert.IsFalse(Directory.Exists(place["out"]));
        CliResult broken = await Cli.RunAsync(["curate", photos, place["none.png"], "--model", place.Model, "-o", place["out"]]);
        Assert.AreEqual(KarlCommand.Failure, broken.Code);
        Assert.HasCount(1, broken.ErrorLines);
        CliResult stopped = await Cli.RunAsync(["curate", photos, "--model", place.Model, "-o", place["stopped"]], new CancellationToken(canceled: true));
        Assert.AreEqual(KarlCommand.Interrupted, stopped.Code);
        Assert.IsFalse(Directory.Exists(place["stopped"]));
    }
}

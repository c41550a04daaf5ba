namespace Karl.Cli.Tests;

[TestClass]
public sealed class AnomalyTests
{
    [TestMethod]
    public async Task I_can_learn_what_is_normal_and_find_what_is_not()
    {
        using Workplace place = new();
        string photos = place.Photos(16);
        CliResult fitted = await Cli.RunAsync(["anomaly", "fit", photos, "--model", place.Model, "-o", place["profile.json"], "--false-alarms", "0.25", "--seed", "3"]);
        Assert.AreEqual(KarlCommand.Success, fitted.Code, fitted.Error);
        StringAssert.StartsWith(fitted.Output, "16 normal images, tiny.karl, false alarms 0.25, signals: tokens, error, latents, codes -> ");
        string others = place.Photos(3, "others");
        CliResult scored = await Cli.RunAsync(
            ["anomaly", "score", others, "--model", place.Model, "-p", place["profile.json"], "-o", place["out"], "--labels", $"normal={photos}", $"other={place["others", "*.png"]}"]);
        Assert.AreEqual(KarlCommand.Success, scored.Code, scored.Error);
        StringAssert.StartsWith(scored.Output, "tiny.karl; profile of 16 normal images; 19 images, ");
        StringAssert.Contains(scored.Output, "\n| other | 2 | ");
        Assert.AreEqual(scored.Output, File.ReadAllText(place["out", "report.md"]));
        Assert.AreEqual(1, File.ReadAllLines(place["out", "scores.csv"]).Count(line => line.Contains("others", StringComparison.Ordinal) && line.Split(',')[1].Length == 0));
        Assert.IsTrue(File.Exists(place["out", "roc.png"]));
    }

    [TestMethod]
    public async Task A_profile_of_another_model_is_refused_and_named()
    {
        using Workplace place = new();
        await Cli.RunAsync(["anomaly", "fit", place.Photos(8), "--model", place.Model, "-o", place["profile.json"], "--false-alarms", "0.5"]);
        CliResult result = await Cli.RunAsync(["anomaly", "score", place["photos"], "-p", place["profile.json"], "-o", place["out"]]);
        result.AssertRefused(KarlCommand.Failure, "fitted with the model tiny.karl (");
        StringAssert.Contains(result.Error, "this is default.karl (");
        Assert.IsFalse(Directory.Exists(place["out"]));
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string photos = place.Photos(8), profile = place["profile.json"];
        (await Cli.RunAsync(["anomaly", "fit", photos, "--model", place.Model, "-o", profile, "--false-alarms", "0.7"])).AssertRefused(KarlCommand.BadUsage, "--false-alarms is 0.7");
        (await Cli.RunAsync(["anomaly", "fit", photos, "--model", place.Model, "-o", profile])).AssertRefused(KarlCommand.Failure, "There are 8 normal images");
        (await Cli.RunAsync(["anomaly", "fit", photos, "--model", place.Model, "-o", place["none", "p.json"]])).AssertRefused(KarlCommand.BadUsage, "does not exist; make it first");
        Assert.IsFalse(File.Exists(profile));
        (await Cli.RunAsync(["anomaly", "score", photos, "--model", place.Model, "-p", profile, "-o", place["out"]])).AssertRefused(KarlCommand.BadUsage, "There is no file");
        File.WriteAllText(profile, "{}");
        (await Cli.RunAsync(["anomaly", "score", photos, "--model", place.Model, "-p", profile, "-o", place["out"]])).AssertRefused(KarlCommand.Failure, "no profile of karl anomaly fit");
        (await Cli.RunAsync(["anomaly", "score", "--model", place.Model, "-p", profile, "-o", place["out"]])).AssertRefused(KarlCommand.BadUsage, "There is neither an image nor a label");
        (await Cli.RunAsync(["anomaly", "score", "--model", place.Model, "-p", profile, "-o", place["out"], "--labels", "photos"])).AssertRefused(KarlCommand.BadUsage, "--labels has 'photos'");
        (await Cli.RunAsync(["anomaly", "score", "--model", place.Model, "-p", profile, "-o", place["out"], "--labels", $"noise={photos}"])).AssertRefused(KarlCommand.BadUsage, "no images that are normal");
        (await Cli.RunAsync(["anomaly", "score", photos, "--model", place.Model, "-p", profile, "-o", place.Folder])).AssertRefused(KarlCommand.BadUsage, "lies in the output folder");
        Assert.IsFalse(Directory.Exists(place["out"]));
    }
}

namespace Karl.Cli.Tests;

[TestClass]
public sealed class FilmTests
{
    [TestMethod]
    public async Task I_can_tokenize_a_folder_as_a_film_and_see_what_it_needs_over_time()
    {
        using Workplace place = new();
        for (int number = 0; number < 6; number++)
        {
            Workplace.WriteImage(place["frames", $"{number}.png"], seed: number / 3);
        }

        string[] film = ["tokenize", place["frames"], "--film", "--model", place.Model];
        CliResult each = await Cli.RunAsync(film);
        Assert.AreEqual(KarlCommand.Success, each.Code, each.Error);
        Assert.HasCount(6, each.OutputLines);
        CliResult skipping = await Cli.RunAsync([.. film, "--skip-error", "100", "--curve", place["curve"], "-o", place["film.jsonl"]]);
        Assert.AreEqual(KarlCommand.Success, skipping.Code, skipping.Error);
        StringAssert.StartsWith(skipping.Output, "6 frames, 1 with tokens of their own, 5 skipped with an error of at most ");
        Assert.HasCount(1, File.ReadAllLines(place["film.jsonl"]));
        Assert.HasCount(7, File.ReadAllLines(place["curve", "frames.csv"]));
        CollectionAssert.AreEquivalent(new[] { "curve.png", "frames.csv" }, Directory.GetFiles(place["curve"]).Select(Path.GetFileName).ToArray());
        (await Cli.RunAsync([.. film, "-o", place["film.jsonl"]])).AssertRefused(KarlCommand.BadUsage, "is there already");
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string photos = place.Photos(2);
        (await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--skip-error", "0.1"])).AssertRefused(KarlCommand.BadUsage, "add --film");
        (await Cli.RunAsync(["tokenize", photos, "--film", "--model", place.Model, "--skip-error", "-1"])).AssertRefused(KarlCommand.BadUsage, "--skip-error is -1");
        (await Cli.RunAsync(["tokenize", photos, "--film", "--model", place.Model, "-o", place["a.npz"]])).AssertRefused(KarlCommand.BadUsage, ".jsonl (lines) was expected");
        (await Cli.RunAsync(["tokenize", photos, "--film", "--model", place.Model, "--fps", "0"])).AssertRefused(KarlCommand.BadUsage, "--fps is 0");
        (await Cli.RunAsync(["tokenize", place["none.mp4"], "--model", place.Model])).AssertRefused(KarlCommand.BadUsage, "There is no film");
    }

    [TestMethod]
    public async Task A_film_that_is_none_leaves_no_output()
    {
        using Workplace place = new();
        File.WriteAllText(place["a.mp4"], "no film");
        CliResult result = await Cli.RunAsync(["tokenize", place["a.mp4"], "--model", place.Model, "-o", place["a.jsonl"]]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        Assert.HasCount(1, result.ErrorLines);
        Assert.IsEmpty(Directory.GetFiles(place.Folder, "*.jsonl*"));
    }
}

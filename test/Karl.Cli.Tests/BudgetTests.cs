namespace Karl.Cli.Tests;

[TestClass]
public sealed class BudgetTests
{
    [TestMethod]
    [DataRow("worst")]
    [DataRow("mean")]
    public async Task I_can_give_a_number_of_tokens_out_to_images(string goal)
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["budget", place.Photos(4), "--model", place.Model, "--tokens", "60", "--goal", goal, "--lengths", "4", "16", "32", "-o", place["out"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.HasCount(6, result.OutputLines);
        CollectionAssert.AreEquivalent(new[] { "plan.json", "plan.png", "tokens.jsonl" }, Directory.GetFiles(place["out"]).Select(Path.GetFileName).ToArray());
        CliResult back = await Cli.RunAsync(["reconstruct", place["out", "tokens.jsonl"], "--model", place.Model, "-o", place["back"]]);
        Assert.AreEqual(KarlCommand.Success, back.Code, back.Error);
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused()
    {
        using Workplace place = new();
        string photos = place.Photos(2);
        string[] budget = ["budget", photos, "--model", place.Model, "-o", place["out"]];
        (await Cli.RunAsync([.. budget, "--tokens", "60", "--goal", "best"])).AssertRefused(KarlCommand.BadUsage, "--goal is 'best'; worst or mean was expected");
        (await Cli.RunAsync([.. budget, "--tokens", "0"])).AssertRefused(KarlCommand.BadUsage, "--tokens is 0");
        (await Cli.RunAsync([.. budget, "--tokens", "1"])).AssertRefused(KarlCommand.Failure, "1 tokens are too few for 2 images");
        (await Cli.RunAsync(["budget", place["none"], "--tokens", "9", "-o", place["out"]])).AssertRefused(KarlCommand.BadUsage, "No image was found");
        (await Cli.RunAsync(["budget", place["none.mp4"], "--tokens", "9", "-o", place["out"]])).AssertRefused(KarlCommand.BadUsage, "There is no film");
        Assert.IsFalse(Directory.Exists(place["out"]));
    }
}

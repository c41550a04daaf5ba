using System.Text.Json;
using Karl.Testing;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class AlitTests
{
    [TestMethod]
    public async Task I_can_tokenize_by_rounds_and_see_how_many_each_image_took()
    {
        using Workplace place = new();
        new TinyAlit().Write(place["alit.karl"]);
        CliResult result = await Cli.RunAsync(
            ["tokenize", place.Photos(3), "--model", place["alit.karl"], "--output", place["tokens.jsonl"], "--epsilon", "0.0001", "--budget", "48", "--halting", "certain"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        JsonElement[] lines = [.. File.ReadAllLines(place["tokens.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.HasCount(3, lines);
        foreach (JsonElement line in lines)
        {
            int tokens = line.GetProperty("tokens").GetInt32();
            Assert.IsTrue(tokens is 16 or 32 or 48, $"{tokens} tokens");
            Assert.AreEqual(3, line.GetProperty("encoder_runs").GetInt32());
            Assert.AreEqual(3, line.GetProperty("decoder_runs").GetInt32());
        }
    }

    [TestMethod]
    public async Task I_can_reconstruct_and_evaluate_a_folder_as_with_any_other_model()
    {
        using Workplace place = new();
        new TinyAlit(vae: true).Write(place["alit.karl"]);
        CliResult reconstructed = await Cli.RunAsync(["reconstruct", place.Photos(2), "--model", place["alit.karl"], "--output", place["back"], "--epsilon", "0.5"]);
        Assert.AreEqual(KarlCommand.Success, reconstructed.Code, reconstructed.Error);
        CliResult evaluated = await Cli.RunAsync(["evaluate", place["photos"], "--model", place["alit.karl"], "--budgets", "32", "--epsilons", "9"]);
        Assert.AreEqual(KarlCommand.Success, evaluated.Code, evaluated.Error);
        StringAssert.Contains(evaluated.OutputLines.Single(line => line.StartsWith("| 32 tokens", StringComparison.Ordinal)), "| 2 + 1 |");
        StringAssert.Contains(evaluated.OutputLines.First(line => line.StartsWith("| epsilon 9", StringComparison.Ordinal)), "| 1 + 1 |");
    }

    [TestMethod]
    public async Task Halting_of_another_model_is_refused()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, "--halting", "certain"]);
        Assert.AreNotEqual(KarlCommand.Success, result.Code);
        StringAssert.Contains(result.Error, "ImageHalting is Certain; None was expected");
    }
}

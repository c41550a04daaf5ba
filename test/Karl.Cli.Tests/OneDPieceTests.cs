using Karl.Testing;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class OneDPieceTests
{
    [TestMethod]
    public async Task I_can_ask_any_model_for_exactly_so_many_tokens()
    {
        using Workplace place = new();
        new TinyOneDPiece().Write(place["one.karl"]);
        foreach (string model in new[] { place.Model, place["one.karl"] })
        {
            CliResult result = await Cli.RunAsync(["tokenize", place.Photos(3), "--model", model, "--tokens", "7"]);
            Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
            TokenSequence[] tokens = [.. result.OutputLines.Select(line => TokenLine.Parse(line).Tokens!)];
            Assert.HasCount(3, tokens);
            Assert.IsTrue(tokens.All(one => one.Count == 7 && one.Runs == new ModelRuns(1, 0)));
        }
    }

    [TestMethod]
    public async Task I_get_the_fewest_tokens_that_meet_an_error_and_see_what_the_search_took()
    {
        using Workplace place = new();
        new TinyOneDPiece().Write(place["one.karl"]);
        string photo = WriteStripes(place);
        TokenSequence halves = await Tokenize("--epsilon", "0.1");
        TokenSequence every = await Tokenize("--epsilon", "0.1", "--every-length");
        Assert.AreEqual((26, new ModelRuns(1, 6)), (halves.Count, halves.Runs));
        Assert.AreEqual((26, new ModelRuns(1, 26)), (every.Count, every.Runs));

        async Task<TokenSequence> Tokenize(params string[] options)
        {
            CliResult result = await Cli.RunAsync(["tokenize", photo, "--model", place["one.karl"], .. options]);
            Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
            return TokenLine.Parse(result.OutputLines.Single()).Tokens!;
        }
    }

    [TestMethod]
    public async Task I_can_reconstruct_and_evaluate_with_it_as_with_any_model()
    {
        using Workplace place = new();
        new TinyOneDPiece().Write(place["one.karl"]);
        string photos = Path.GetDirectoryName(WriteStripes(place))!;
        CliResult reconstructed = await Cli.RunAsync(["reconstruct", photos, "--model", place["one.karl"], "--output", place["back"], "--epsilon", "0.2"]);
        Assert.AreEqual(KarlCommand.Success, reconstructed.Code, reconstructed.Error);
        Assert.IsTrue(File.Exists(place["back", "results.csv"]));
        CliResult evaluated = await Cli.RunAsync(["evaluate", photos, "--model", place["one.karl"], "--budgets", "8", "--epsilons", "0.2"]);
        Assert.AreEqual(KarlCommand.Success, evaluated.Code, evaluated.Error);
        StringAssert.Contains(evaluated.Output, "1 + 6");
    }

    [TestMethod]
    [DataRow("--epsilon", "0.1")]
    [DataRow("--budget", "8")]
    public async Task I_am_told_that_a_number_of_tokens_needs_no_error(string option, string value)
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, "--tokens", "7", option, value]);
        Assert.AreEqual(KarlCommand.BadUsage, result.Code);
        StringAssert.Contains(result.Error, "leave out --epsilon and --budget");
    }

    /// <summary>Black and white rows by turns, of which a token each gives one.</summary>
    private static string WriteStripes(Workplace place)
    {
        RgbImage image = new(TinyModel.ImageSize, TinyModel.ImageSize);
        for (int row = 1; row < image.Height; row += 2)
        {
            image.Row(row).Fill(255);
        }

        ImageWriter.Write(image, place["stripes", "0.png"]);
        return place["stripes", "0.png"];
    }
}

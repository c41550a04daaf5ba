using System.Text.Json;
using Karl.Testing;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class ExplainTests
{
    [TestMethod]
    public async Task I_can_see_which_part_of_an_image_each_token_serves()
    {
        using Workplace place = new();
        string image = Draw(place);
        CliResult result = await Cli.RunAsync(["explain", image, "--output", place["sheet.png"], "--numbers", place["numbers.json"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
        StringAssert.StartsWith(result.Output, "scene.png: ");
        RgbImage sheet = new ImageDecoder().Decode(place["sheet.png"]);
        Assert.IsGreaterThan(1000, sheet.Width);
        using JsonDocument numbers = JsonDocument.Parse(File.ReadAllText(place["numbers.json"]));
        int tokens = numbers.RootElement.GetProperty("tokens").GetInt32();
        JsonElement maps = numbers.RootElement.GetProperty("maps"), regions = numbers.RootElement.GetProperty("regions");
        Assert.AreEqual(tokens, maps.GetArrayLength());
        Assert.AreEqual(tokens, Sum(regions.GetProperty("tokensByChange")), 1e-4);
        Assert.AreEqual(tokens, Sum(regions.GetProperty("tokensByAttention")), 1e-4);
        Assert.IsTrue(maps.EnumerateArray().All(map => map.GetProperty("attention").GetArrayLength() == 8 && Sum(map.GetProperty("change")) > 0));
    }

    [TestMethod]
    public async Task A_line_for_each_token_and_place_is_a_table_for_other_tools()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["explain", Draw(place), "--model", place.Model, "--tokens", "5", "--output", place["sheet.jpg"], "--numbers", place["numbers.csv"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        string[] lines = File.ReadAllLines(place["numbers.csv"]);
        Assert.HasCount(1 + (5 * TinyModel.ImageTokens), lines);
        Assert.IsTrue(lines.Skip(1).All(line => line.Split(',').Length == 6 && line.Split(',')[5].Length > 0));
    }

    [TestMethod]
    public async Task A_decoder_without_attention_is_explained_by_leaving_tokens_out_alone()
    {
        using Workplace place = new();
        new TinyOneDPiece().Write(place["one.karl"]);
        CliResult result = await Cli.RunAsync(["explain", Draw(place), "--model", place["one.karl"], "--output", place["sheet.png"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        StringAssert.Contains(result.Error, "attention is left out");
        StringAssert.Contains(result.Output, "- by attention");
    }

    [TestMethod]
    public async Task An_ALIT_is_explained_as_any_model()
    {
        using Workplace place = new();
        new TinyAlit().Write(place["alit.karl"]);
        CliResult result = await Cli.RunAsync(["explain", Draw(place), "--model", place["alit.karl"], "--output", place["sheet.png"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string image = Draw(place);
        File.WriteAllText(place["broken.png"], "no image");
        (await Cli.RunAsync(["explain", place["none.png"], "-o", place["s.png"]])).AssertRefused(KarlCommand.BadUsage, "There is no file");
        (await Cli.RunAsync(["explain", place.Folder, "-o", place["s.png"]])).AssertRefused(KarlCommand.BadUsage, "is a folder");
        (await Cli.RunAsync(["explain", image, "-o", place["s.txt"]])).AssertRefused(KarlCommand.BadUsage, "does not end with .png or .jpg");
        (await Cli.RunAsync(["explain", image, "-o", place["s.png"], "--numbers", place["n.xml"]])).AssertRefused(KarlCommand.BadUsage, "does not end with .csv or .json");
        (await Cli.RunAsync(["explain", image, "-o", image])).AssertRefused(KarlCommand.BadUsage, "both an input and the output");
        (await Cli.RunAsync(["explain", image, "-o", place["none", "s.png"]])).AssertRefused(KarlCommand.BadUsage, "does not exist");
        (await Cli.RunAsync(["explain", place["broken.png"], "-o", place["s.png"]])).AssertRefused(KarlCommand.Failure, "broken.png");
        (await Cli.RunAsync(["explain", image, "-o", place["s.png"], "--tokens", "9999"])).AssertRefused(KarlCommand.Failure, "Budget is 9999");
        Assert.IsFalse(File.Exists(place["s.png"]));
    }

    [TestMethod]
    public async Task Ctrl_C_ends_it_without_a_sheet()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["explain", Draw(place), "-o", place["s.png"]], new CancellationToken(canceled: true));
        Assert.AreEqual(KarlCommand.Interrupted, result.Code);
        Assert.IsFalse(File.Exists(place["s.png"]));
    }

    private static string Draw(Workplace place)
    {
        ImageWriter.Write(DemonstrationImages.All.Single(image => image.Name == "scene").Draw(64), place["scene.png"]);
        return place["scene.png"];
    }

    private static double Sum(JsonElement rows) => rows.EnumerateArray().Sum(row => row.EnumerateArray().Sum(value => value.GetDouble()));
}

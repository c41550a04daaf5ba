using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class DemoTests
{
    [TestMethod]
    public async Task I_can_draw_images_and_tokenize_them()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["demo", "--output", place["demo"], "--size", "40"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.HasCount(DemonstrationImages.All.Count, result.OutputLines);
        foreach (DemonstrationImage image in DemonstrationImages.All)
        {
            CollectionAssert.AreEqual(image.Draw(40).Pixels.ToArray(), new ImageDecoder().Decode(place["demo", image.Name + ".png"]).Pixels.ToArray());
        }

        CliResult tokens = await Cli.RunAsync(["tokenize", place["demo"], "--model", place.Model]);
        Assert.HasCount(DemonstrationImages.All.Count, tokens.OutputLines, tokens.Error);
    }

    [TestMethod]
    public async Task I_can_draw_many_pictures_of_each_kind()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["demo", "--output", place["demo"], "--size", "32", "--variants", "3"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.HasCount(DemonstrationImages.Kinds.Count, result.OutputLines);
        foreach (DemonstrationKind kind in DemonstrationImages.Kinds)
        {
            CollectionAssert.AreEqual(new[] { "00000.png", "00001.png", "00002.png" }, Directory.GetFiles(place["demo", kind.Name]).Select(Path.GetFileName).Order().ToArray());
            CollectionAssert.AreEqual(kind.Draw(2, 32).Pixels.ToArray(), new ImageDecoder().Decode(place["demo", kind.Name, "00002.png"]).Pixels.ToArray());
        }
    }

    [TestMethod]
    public async Task Impossible_sizes_and_files_for_folders_are_refused()
    {
        using Workplace place = new();
        (await Cli.RunAsync(["demo", "--output", place["demo"], "--size", "9999"])).AssertRefused(KarlCommand.BadUsage, "--size is 9999");
        (await Cli.RunAsync(["demo", "--output", place.Model])).AssertRefused(KarlCommand.BadUsage, "is a file");
        (await Cli.RunAsync(["demo", "--output", place["demo"], "--variants", "-1"])).AssertRefused(KarlCommand.BadUsage, "--variants is -1");
        Assert.IsFalse(Directory.Exists(place["demo"]));
    }
}

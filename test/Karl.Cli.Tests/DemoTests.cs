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
    public async Task Impossible_sizes_and_files_for_folders_are_refused()
    {
        using Workplace place = new();
        (await Cli.RunAsync(["demo", "--output", place["demo"], "--size", "9999"])).AssertRefused(KarlCommand.BadUsage, "--size is 9999");
        (await Cli.RunAsync(["demo", "--output", place.Model])).AssertRefused(KarlCommand.BadUsage, "is a file");
        Assert.IsFalse(Directory.Exists(place["demo"]));
    }
}

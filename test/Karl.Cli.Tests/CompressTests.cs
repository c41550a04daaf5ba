namespace Karl.Cli.Tests;

[TestClass]
public sealed class CompressTests
{
    [TestMethod]
    public async Task I_can_compress_a_folder_see_what_it_is_worth_and_get_the_images_back()
    {
        using Workplace place = new();
        string photos = place.Photos(5);
        CliResult result = await Cli.RunAsync(["compress", photos, "--model", place.Model, "--output", place["out"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
        Assert.AreEqual(result.Output, File.ReadAllText(place["out", "report.md"]));
        StringAssert.Contains(result.Output, "(tiny.karl), 32 x 32, codes of 64");
        Assert.HasCount(1, result.OutputLines.Where(line => line.StartsWith("| tokens ", StringComparison.Ordinal)).ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "images.csv", "images.kt", "report.md", "sheet-1.png" }, Directory.GetFiles(place["out"]).Select(Path.GetFileName).ToArray());

        CliResult back = await Cli.RunAsync(["decompress", place["out", "images.kt"], "--model", place.Model, "--output", place["back"]]);
        Assert.AreEqual(KarlCommand.Success, back.Code, back.Error);
        await Cli.RunAsync(["reconstruct", photos, "--model", place.Model, "--output", place["direct"]]);
        CollectionAssert.AreEqual(File.ReadAllBytes(place["direct", "results.csv"]), File.ReadAllBytes(place["back", "results.csv"]));
        CollectionAssert.AreEqual(File.ReadAllBytes(place["direct", "3.png"]), File.ReadAllBytes(place["back", "3.png"]));
    }

    [TestMethod]
    public async Task I_can_list_an_archive_and_take_one_image_out()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        await Cli.RunAsync(["compress", photos, "--model", place.Model, "--no-comparison", "-o", place["a.kt"]]);
        CliResult list = await Cli.RunAsync(["decompress", place["a.kt"]]);
        Assert.AreEqual(KarlCommand.Success, list.Code, list.Error);
        Assert.HasCount(3, list.OutputLines);
        string name = list.OutputLines[1].Split('\t')[0];
        CliResult lines = await Cli.RunAsync(["decompress", place["a.kt"], "--only", name, "-o", place["one.jsonl"]]);
        Assert.AreEqual(KarlCommand.Success, lines.Code, lines.Error);
        string line = File.ReadAllLines(place["one.jsonl"]).Single();
        StringAssert.Contains(line, "\"codebook\":64");
        CliResult direct = await Cli.RunAsync(["tokenize", place["photos", "1.jpg"], "--model", place.Model]);
        Assert.AreEqual(Codes(direct.OutputLines[0]), Codes(line));
        (await Cli.RunAsync(["decompress", place["a.kt"], "--only", "none", "-o", place["two.jsonl"]])).AssertRefused(KarlCommand.BadUsage, "There is no image 'none'");

        static string Codes(string line) => line[line.IndexOf("\"positions\"", StringComparison.Ordinal)..line.IndexOf("\"codebook\"", StringComparison.Ordinal)];
    }

    [TestMethod]
    public async Task Statistics_of_similar_images_are_found_beside_the_model()
    {
        using Workplace place = new();
        string photos = place.Photos(8);
        CliResult plain = await Cli.RunAsync(["compress", photos, "--model", place.Model, "--no-comparison", "-o", place["plain.kt"]]);
        Assert.AreEqual(KarlCommand.Success, plain.Code, plain.Error);
        CliResult gathered = await Cli.RunAsync(["compress", photos, "--model", place.Model, "--write-statistics", place["tiny.kts"]]);
        Assert.AreEqual(KarlCommand.Success, gathered.Code, gathered.Error);
        StringAssert.StartsWith(gathered.Output, "8 images counted");
        await Cli.RunAsync(["compress", photos, "--model", place.Model, "--no-comparison", "-o", place["known.kt"]]);
        Assert.IsLessThan(new FileInfo(place["plain.kt"]).Length, new FileInfo(place["known.kt"]).Length);
        CliResult back = await Cli.RunAsync(["decompress", place["known.kt"], "--model", place.Model, "-o", place["back"]]);
        Assert.AreEqual(KarlCommand.Success, back.Code, back.Error);
        (await Cli.RunAsync(["decompress", place["known.kt"], "-o", place["x.jsonl"]])).AssertRefused(KarlCommand.Failure, "was written with statistics");
        CliResult named = await Cli.RunAsync(["decompress", place["known.kt"], "--statistics", place["tiny.kts"], "-o", place["x.jsonl"]]);
        Assert.AreEqual(KarlCommand.Success, named.Code, named.Error);
    }

    [TestMethod]
    public async Task A_broken_image_is_told_and_the_rest_is_compressed()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        File.WriteAllText(place["photos", "1.jpg"], "no image");
        CliResult result = await Cli.RunAsync(["compress", photos, "--model", place.Model, "--no-comparison", "-o", place["a.kt"]]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        Assert.HasCount(1, result.ErrorLines);
        StringAssert.Contains(result.Error, place["photos", "1.jpg"]);
        Assert.HasCount(2, (await Cli.RunAsync(["decompress", place["a.kt"]])).OutputLines);
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string photos = place.Photos(1);
        string[] compress = ["compress", photos, "--model", place.Model];
        (await Cli.RunAsync(compress)).AssertRefused(KarlCommand.BadUsage, "--output or --write-statistics");
        (await Cli.RunAsync([.. compress, "-o", place.Folder])).AssertRefused(KarlCommand.BadUsage, "lies in the output folder");
        (await Cli.RunAsync([.. compress, "-o", place.Model])).AssertRefused(KarlCommand.BadUsage, "does not end with .kt");
        (await Cli.RunAsync([.. compress, "-o", place["none", "a.kt"]])).AssertRefused(KarlCommand.BadUsage, "does not exist");
        (await Cli.RunAsync([.. compress, "-o", place["a.kt"], "--step", "0"])).AssertRefused(KarlCommand.BadUsage, "--step is 0");
        (await Cli.RunAsync([.. compress, "-o", place["a.kt"], "--statistics", place["none.kts"]])).AssertRefused(KarlCommand.BadUsage, "There are no statistics");
        (await Cli.RunAsync([.. compress, "-o", place["a.kt"], "--statistics", place.Model])).AssertRefused(KarlCommand.Failure, "no file of statistics");
        (await Cli.RunAsync(["decompress", place["none.kt"], "-o", place["b"]])).AssertRefused(KarlCommand.BadUsage, "There is no file");
        (await Cli.RunAsync(["decompress", place.Model, "-o", place["b"]])).AssertRefused(KarlCommand.Failure, "is no token archive");
        Assert.IsFalse(File.Exists(place["a.kt"]));
        Assert.IsFalse(Directory.Exists(place["b"]));
        Assert.IsEmpty(Directory.GetFiles(place.Folder, "*.tmp"));
    }

    [TestMethod]
    public async Task An_archive_of_another_model_names_the_one_it_needs()
    {
        using Workplace place = new();
        await Cli.RunAsync(["compress", place.Photos(1), "--model", place.Model, "--no-comparison", "-o", place["a.kt"]]);
        (await Cli.RunAsync(["decompress", place["a.kt"], "-o", place["b"]])).AssertRefused(KarlCommand.Failure, "('tiny.karl', 32 x 32)");
        Assert.IsFalse(Directory.Exists(place["b"]));
    }

    [TestMethod]
    public async Task Ctrl_C_leaves_no_archive()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["compress", place.Photos(2), "--model", place.Model, "-o", place["out"]], new CancellationToken(canceled: true));
        Assert.AreEqual(KarlCommand.Interrupted, result.Code);
        Assert.IsFalse(Directory.Exists(place["out"]) && Directory.GetFiles(place["out"]).Length > 0);
    }
}

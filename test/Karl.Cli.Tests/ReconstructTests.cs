using System.Globalization;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class ReconstructTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task I_can_reconstruct_from_tokens_and_compare_with_the_originals(bool quantized)
    {
        using Workplace place = new(quantized);
        string photos = place.Photos(5);
        await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--output", place["x.jsonl"]]);
        CliResult result = await Cli.RunAsync(["reconstruct", place["x.jsonl"], "--model", place.Model, "--output", place["back"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
        CollectionAssert.AreEquivalent(
            new[] { "0.png", "1.png", "2.png", "3.png", "4.png", "results.csv", "sheet-1.png" },
            Directory.GetFileSystemEntries(place["back"]).Select(Path.GetFileName).ToArray());
        Assert.AreEqual("path\ttokens\tL1\tPSNR\tSSIM", result.OutputLines[0]);

        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model);
        string[] table = File.ReadAllLines(place["back", "results.csv"]);
        Assert.AreEqual("path,file,tokens,l1,psnr,ssim,problem", table[0]);
        for (int index = 0; index < 5; index++)
        {
            string path = place["photos", $"{index}.{(index % 2 == 0 ? "png" : "jpg")}"];
            TokenSequence tokens = tokenizer.Encode(path);
            RgbImage expected = tokenizer.Decode(tokens);
            CollectionAssert.AreEqual(expected.Pixels.ToArray(), new ImageDecoder().Decode(place["back", $"{index}.png"]).Pixels.ToArray());
            RgbImage original = new ImagePreprocessor(new ImagePreprocessorOptions { Size = TinyModel.ImageSize }).Process(new ImageDecoder().Decode(path));
            ImageComparison comparison = ImageComparison.Between(original, expected);
            Assert.AreEqual(
                string.Create(CultureInfo.InvariantCulture, $"{path},{index}.png,{tokens.Count},{comparison.MeanAbsoluteError:0.000000},{comparison.PeakSignalToNoiseRatio:0.0000},{comparison.StructuralSimilarity:0.000000},"),
                table[index + 1]);
            Assert.AreEqual(
                string.Create(CultureInfo.InvariantCulture, $"{path}\t{tokens.Count}\t{comparison.MeanAbsoluteError:0.0000}\t{comparison.PeakSignalToNoiseRatio:0.00}\t{comparison.StructuralSimilarity:0.000}"),
                result.OutputLines[index + 1]);
        }
    }

    [TestMethod]
    public async Task Images_give_what_their_tokens_give()
    {
        using Workplace place = new();
        string photos = place.Photos(4);
        await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--output", place["x.jsonl"], "--epsilon", "0.1", "--budget", "20"]);
        CliResult fromTokens = await Cli.RunAsync(["reconstruct", place["x.jsonl"], "--model", place.Model, "--output", place["a"]]);
        CliResult fromImages = await Cli.RunAsync(["reconstruct", photos, "--model", place.Model, "--output", place["b"], "--epsilon", "0.1", "--budget", "20"]);
        Assert.AreEqual(KarlCommand.Success, fromImages.Code, fromImages.Error);
        Assert.AreEqual(fromTokens.Output, fromImages.Output);
        foreach (string file in Directory.GetFiles(place["a"]))
        {
            CollectionAssert.AreEqual(File.ReadAllBytes(file), File.ReadAllBytes(place["b", Path.GetFileName(file)]), file);
        }
    }

    [TestMethod]
    public async Task Images_of_one_name_get_files_of_their_own()
    {
        using Workplace place = new();
        Workplace.WriteImage(place["a", "x.jpg"], 1);
        Workplace.WriteImage(place["b", "X.png"], 2);
        Workplace.WriteImage(place["c", "x-2.png"], 3);
        Workplace.WriteImage(place["d", "sheet-1.png"], 4);
        CliResult result = await Cli.RunAsync(["reconstruct", place["a"], place["b"], place["c"], place["d"], "--model", place.Model, "--output", place["out"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        CollectionAssert.AreEqual(
            new[] { "x.png", "X-2.png", "x-2-2.png", "_sheet-1.png" },
            File.ReadAllLines(place["out", "results.csv"]).Skip(1).Select(line => line.Split(',')[1]).ToArray());
        Assert.HasCount(6, Directory.GetFiles(place["out"]));
    }

    [TestMethod]
    public async Task Tokens_without_their_originals_are_reconstructed_and_one_line_says_so()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--output", place["x.jsonl"]]);
        File.Delete(place["photos", "1.jpg"]);
        File.WriteAllText(place["photos", "2.png"], "damaged since");
        CliResult result = await Cli.RunAsync(["reconstruct", place["x.jsonl"], "--model", place.Model, "--output", place["out"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code);
        Assert.HasCount(1, result.ErrorLines);
        StringAssert.StartsWith(result.Error, "karl: 2 of 3 images are without a comparison");
        Assert.IsTrue(File.Exists(place["out", "2.png"]));
        StringAssert.EndsWith(result.OutputLines[2], "\t-\t-\t-");
    }

    [TestMethod]
    public async Task A_broken_image_is_reported_and_the_rest_goes_on()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        File.WriteAllText(place["photos", "broken,\"1\".png"], "not an image");
        CliResult result = await Cli.RunAsync(["reconstruct", photos, "--model", place.Model, "--output", place["out"]]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        Assert.HasCount(1, result.ErrorLines);
        Assert.HasCount(4, result.OutputLines);
        StringAssert.Contains(File.ReadAllText(place["out", "results.csv"]), $"\"{photos}{Path.DirectorySeparatorChar}broken,\"\"1\"\".png\",,,,,,");
    }

    [TestMethod]
    [DataRow("0", 0)]
    [DataRow("1", 1)]
    [DataRow("13", 2)]
    [DataRow("14", 2)]
    [DataRow("100", 2)]
    public async Task I_choose_how_many_images_are_on_sheets(string sheet, int pages)
    {
        using Workplace place = new();
        await Cli.RunAsync(["reconstruct", place.Photos(14), "--model", place.Model, "--output", place["out"], "--sheet", sheet]);
        Assert.HasCount(pages, Directory.GetFiles(place["out"], "sheet-*.png"));
        Assert.HasCount(15 + pages, Directory.GetFiles(place["out"]));
        if (pages > 1)
        {
            RgbImage first = new ImageDecoder().Decode(place["out", "sheet-1.png"]), second = new ImageDecoder().Decode(place["out", "sheet-2.png"]);
            Assert.IsGreaterThan(2 * second.Height, first.Height);
        }
    }

    [TestMethod]
    public async Task An_input_is_never_overwritten()
    {
        using Workplace place = new();
        string photos = place.Photos(2);
        await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--output", place["x.jsonl"]]);
        Directory.CreateSymbolicLink(place["link"], photos);
        byte[] before = File.ReadAllBytes(place["photos", "0.png"]);
        foreach (string input in new[] { photos, place["photos", "0.png"], place["x.jsonl"], place["link", "*.png"] })
        {
            foreach (string output in new[] { photos, place["link"], place.Folder })
            {
                (await Cli.RunAsync(["reconstruct", input, "--model", place.Model, "--output", output])).AssertRefused(KarlCommand.BadUsage, "lies in the output folder");
            }
        }

        CollectionAssert.AreEqual(before, File.ReadAllBytes(place["photos", "0.png"]));
        Assert.HasCount(2, Directory.GetFiles(photos));
    }

    [TestMethod]
    public async Task Results_in_a_folder_inside_the_input_are_no_inputs()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        CliResult result = await Cli.RunAsync(["reconstruct", photos, "--model", place.Model, "--output", place["photos", "zz"], "--batch", "1"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.HasCount(4, result.OutputLines);
        Assert.HasCount(5, Directory.GetFiles(place["photos", "zz"]));
    }

    [TestMethod]
    [DataRow("no-such.jsonl", "x", "does not exist", KarlCommand.BadUsage)]
    [DataRow("arrays.npz", "x", "reconstructed from token files", KarlCommand.BadUsage)]
    [DataRow("empty", "x", "holds no image", KarlCommand.BadUsage)]
    [DataRow("photos", "file", "is a file; a folder was expected", KarlCommand.BadUsage)]
    [DataRow("text.jsonl", "x", "line 1 is not a token line", KarlCommand.Failure)]
    [DataRow("cut.jsonl", "x", "last line is cut off", KarlCommand.Failure)]
    [DataRow("foreign.jsonl", "x", "were made with model 0123456789abcdef", KarlCommand.Failure)]
    public async Task What_cannot_be_is_one_line_and_nothing_is_written(string input, string output, string message, int code)
    {
        using Workplace place = new();
        await Cli.RunAsync(["tokenize", place.Photos(2), "--model", place.Model, "--output", place["x.jsonl"]]);
        string[] lines = File.ReadAllLines(place["x.jsonl"]);
        Directory.CreateDirectory(place["empty"]);
        File.WriteAllText(place["file"], "mine");
        File.WriteAllText(place["arrays.npz"], "x");
        File.WriteAllText(place["text.jsonl"], "hello\n");
        File.WriteAllText(place["cut.jsonl"], lines[0] + "\n" + lines[1][..20]);
        string own = TokenLine.Parse(lines[0]).Model!;
        File.WriteAllText(place["foreign.jsonl"], lines[0] + "\n" + lines[1].Replace(own, "0123456789abcdef", StringComparison.Ordinal) + "\n");
        (await Cli.RunAsync(["reconstruct", place[input], "--model", place.Model, "--output", place[output]])).AssertRefused(code, message);
        Assert.IsFalse(Directory.Exists(place["x"]));
        Assert.AreEqual("mine", File.ReadAllText(place["file"]));
    }

    [TestMethod]
    public async Task A_budget_for_tokens_is_bad_usage()
    {
        using Workplace place = new();
        await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, "--output", place["x.jsonl"]]);
        (await Cli.RunAsync(["reconstruct", place["x.jsonl"], "--model", place.Model, "--output", place["out"], "--budget", "3"])).AssertRefused(KarlCommand.BadUsage, "are for images");
        (await Cli.RunAsync(["reconstruct", place["x.jsonl"], "--model", place.Model, "--output", place["out"], "--sheet", "-1"])).AssertRefused(KarlCommand.BadUsage, "--sheet is -1");
    }

    [TestMethod]
    public async Task Paths_in_hostile_token_files_stay_text()
    {
        using Workplace place = new();
        await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, "--output", place["x.jsonl"]]);
        TokenLine line = TokenLine.Parse(File.ReadAllLines(place["x.jsonl"])[0]);
        string[] paths = ["\u001b]0;x\u0007\n.png", "../../escape.png", "/dev/zero", "/proc/self/environ", "a\u0000b.png", "..", "", "C:\\x\\con.png", "\t\n\u001b[31m.png", new string('n', 5000), "\ud83d\ude00.png", "na\u00efve.png"];
        File.WriteAllText(place["evil.jsonl"], string.Concat(paths.Select(path => (line with { Path = path }) + "\n")));
        CliResult result = await Cli.RunAsync(["reconstruct", place["evil.jsonl"], "--model", place.Model, "--output", place["out"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.HasCount(paths.Length + 1, result.OutputLines);
        Assert.IsFalse((result.Output + result.Error).Contains('\u001b', StringComparison.Ordinal));
        Assert.HasCount(1, result.ErrorLines);
        CollectionAssert.AreEquivalent(
            new[] { "__0_x__.png", "escape.png", "zero.png", "environ.png", "a_b.png", "image.png", "image-2.png", "_con.png", "____31m.png", new string('n', 60) + ".png", "__.png", "na\u00efve.png", "results.csv", "sheet-1.png" },
            Directory.GetFiles(place["out"]).Select(Path.GetFileName).ToArray());
        Assert.HasCount(5, Directory.GetFileSystemEntries(place.Folder), "nothing outside the folder");
    }

    [TestMethod]
    public async Task Interrupting_leaves_whole_images_and_no_table()
    {
        using Workplace place = new();
        await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, "--output", place["x.jsonl"]]);
        string line = File.ReadAllText(place["x.jsonl"]);
        File.WriteAllText(place["many.jsonl"], string.Concat(Enumerable.Repeat(line, 3000)));
        using CancellationTokenSource stop = new();
        Task<CliResult> running = Cli.RunAsync(["reconstruct", place["many.jsonl"], "--model", place.Model, "--output", place["out"], "--sheet", "0"], stop.Token);
        while (!File.Exists(place["out", "0.png"]) && !running.IsCompleted)
        {
            await Task.Delay(5);
        }

        await stop.CancelAsync();
        CliResult result = await running;
        Assert.AreEqual(KarlCommand.Interrupted, result.Code);
        Assert.IsTrue(Directory.GetFiles(place["out"]).All(file => file.EndsWith(".png", StringComparison.Ordinal)));
        foreach (string file in Directory.GetFiles(place["out"]).Take(100))
        {
            Assert.AreEqual(TinyModel.ImageSize, new ImageDecoder().Decode(file).Width);
        }
    }
}

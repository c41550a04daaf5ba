using System.Text.Json;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class TokenizeTests
{
    [TestMethod]
    public async Task I_can_tokenize_a_folder_and_get_one_line_per_image()
    {
        using Workplace place = new();
        string photos = place.Photos(5);
        Workplace.WriteImage(place["photos", "deep", "er", "x.webp.png"], 9);
        CliResult result = await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--threads", "1"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("", result.Error);
        Assert.HasCount(6, result.OutputLines);
        using ImageTokenizer tokenizer = ImageTokenizer.Load(place.Model);
        foreach (string text in result.OutputLines)
        {
            JsonElement line = JsonDocument.Parse(text).RootElement;
            TokenSequence expected = tokenizer.Encode(line.GetProperty("path").GetString()!);
            Assert.AreEqual(expected.Count, line.GetProperty("tokens").GetInt32());
            CollectionAssert.AreEqual(expected.Positions.ToArray(), Numbers(line, "positions"));
            CollectionAssert.AreEqual(expected.Codes.ToArray(), Numbers(line, "codes"));
            Assert.AreEqual(expected.Bits, line.GetProperty("bits").GetDouble());
            Assert.AreEqual(0.05f, line.GetProperty("epsilon").GetSingle());
            Assert.AreEqual(TinyModel.DefaultBudget, line.GetProperty("budget").GetInt32());
            Assert.IsGreaterThan(0, line.GetProperty("milliseconds").GetDouble());
        }
    }

    [TestMethod]
    public async Task I_get_latents_from_a_continuous_model()
    {
        using Workplace place = new(quantized: false);
        CliResult result = await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, "--epsilon", "0.03", "--budget", "16"]);
        JsonElement line = JsonDocument.Parse(result.Output).RootElement;
        Assert.AreEqual(line.GetProperty("tokens").GetInt32(), line.GetProperty("latents").GetArrayLength());
        Assert.AreEqual(16, line.GetProperty("budget").GetInt32());
        Assert.AreEqual(0.03f, line.GetProperty("epsilon").GetSingle());
    }

    [TestMethod]
    public async Task I_can_name_files_and_patterns_and_each_image_comes_once()
    {
        using Workplace place = new();
        string photos = place.Photos(6);
        CliResult result = await Cli.RunAsync(["tokenize", place["photos", "3.jpg"], Path.Join(photos, "*.jpg"), place["pho*", "**"], place["photos", "3.jpg"], "--model", place.Model]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        CollectionAssert.AreEqual(
            new[] { "3.jpg", "1.jpg", "5.jpg", "0.png", "2.png", "4.png" },
            result.OutputLines.Select(line => Path.GetFileName(TokenLine.Parse(line).Path)).ToArray());
    }

    [TestMethod]
    public async Task A_broken_image_is_reported_and_the_rest_goes_on()
    {
        using Workplace place = new();
        string photos = place.Photos(4);
        File.WriteAllText(place["photos", "1b.jpg"], "not an image");
        File.WriteAllBytes(place["photos", "2b.png"], File.ReadAllBytes(place["photos", "2.png"])[..300]);
        string missing = place["photos", "missing.png"];
        CliResult result = await Cli.RunAsync(["tokenize", photos, missing, "--model", place.Model, "--output", place["x.jsonl"]]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        TokenLine[] lines = [.. TokenLineReader.Read(place["x.jsonl"])];
        CollectionAssert.AreEqual(
            new[] { "1b.jpg", "2b.png", "missing.png" },
            lines.Where(line => line.Error is not null).Select(line => Path.GetFileName(line.Path)).ToArray());
        Assert.AreEqual(4, lines.Count(line => line.Tokens is not null));
        Assert.HasCount(3, result.ErrorLines);
        Assert.IsTrue(result.ErrorLines.All(line => line.StartsWith("karl: ", StringComparison.Ordinal)));
        StringAssert.Contains(result.ErrorLines[0], "1b.jpg");
        StringAssert.Contains(result.Output, "4 images tokenized");
        StringAssert.Contains(result.Output, "3 could not be read");
    }

    [TestMethod]
    public async Task Work_that_was_killed_in_the_middle_of_a_line_goes_on_there()
    {
        using Workplace place = new();
        string[] command = ["tokenize", place.Photos(9), "--model", place.Model, "--batch", "2", "--output", place["x.jsonl"]];
        Assert.AreEqual(KarlCommand.Success, (await Cli.RunAsync(command)).Code);
        string[] whole = [.. TokenLineReader.Read(place["x.jsonl"]).Select(Content)];
        byte[] bytes = File.ReadAllBytes(place["x.jsonl"]);
        File.WriteAllBytes(place["x.jsonl"], bytes[..(bytes.Length / 2)]);
        int before = bytes[..(bytes.Length / 2)].Count(value => value == '\n');

        CliResult second = await Cli.RunAsync(command);
        Assert.AreEqual(KarlCommand.Success, second.Code, second.Error);
        StringAssert.Contains(second.Output, $"{9 - before} images tokenized");
        StringAssert.Contains(second.Output, $"{before} were done before");
        CollectionAssert.AreEqual(whole, TokenLineReader.Read(place["x.jsonl"]).Select(Content).ToArray());

        CliResult third = await Cli.RunAsync(command);
        StringAssert.Contains(third.Output, "0 images tokenized");
        StringAssert.Contains(third.Output, "9 were done before");
    }

    [TestMethod]
    [DataRow("x.jsonl")]
    [DataRow("x.npz")]
    public async Task Interrupting_says_so_and_the_next_run_does_the_rest(string name)
    {
        using Workplace place = new();
        string output = place[name], lines = name == "x.npz" ? TokenArrayFile.PartialOf(output) : output;
        string[] command = ["tokenize", SlowPhotos(place, 60), "--model", place.Model, "--batch", "1", "--output", output];
        CliResult first = await InterruptAsync(place, command, lines);
        Assert.AreEqual(KarlCommand.Interrupted, first.Code);
        Assert.AreEqual("karl: interrupted.", first.Error.Trim());
        int done = TokenLineReader.Read(lines).Count();
        Assert.IsInRange(1, 59, done);
        Assert.AreEqual(lines == output, File.Exists(output));

        CliResult second = await Cli.RunAsync(command);
        Assert.AreEqual(KarlCommand.Success, second.Code, second.Error);
        StringAssert.Contains(second.Output, $"{60 - done} images tokenized");
        Assert.AreEqual(lines == output, File.Exists(lines));
        if (lines == output)
        {
            Assert.AreEqual(60, TokenLineReader.Read(output).Select(line => line.Path).Distinct().Count());
        }
        else
        {
            using NpzArchive arrays = NpzArchive.Open(output);
            Assert.AreEqual(61, arrays["offsets"].Count);
        }
    }

    [TestMethod]
    public async Task I_can_have_arrays_with_halting_probabilities()
    {
        using Workplace place = new();
        CliResult result = await Cli.RunAsync(["tokenize", place.Photos(3), "--model", place.Model, "--output", place["x.npz"]]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        using NpzArchive arrays = NpzArchive.Open(place["x.npz"]);
        CollectionAssert.AreEqual(new long[] { 3, TinyModel.DefaultBudget }, arrays["halting_probabilities"].Shape.ToArray());
        Assert.AreEqual(arrays["offsets"].ToInt64()[^1], arrays["codes"].Count);
        CliResult again = await Cli.RunAsync(["tokenize", place.Photos(3), "--model", place.Model, "--output", place["x.npz"]]);
        again.AssertRefused(KarlCommand.Failure, "is there already and finished");
    }

    [TestMethod]
    public async Task Work_begun_with_other_settings_is_refused_and_left_as_it_is()
    {
        using Workplace place = new();
        string photos = place.Photos(2);
        await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--output", place["x.jsonl"]]);
        byte[] before = File.ReadAllBytes(place["x.jsonl"]);
        CliResult result = await Cli.RunAsync(["tokenize", photos, "--model", place.Model, "--output", place["x.jsonl"], "--epsilon", "0.07"]);
        result.AssertRefused(KarlCommand.Failure, "was begun with");
        CollectionAssert.AreEqual(before, File.ReadAllBytes(place["x.jsonl"]));
    }

    [TestMethod]
    public async Task A_missing_GPU_is_one_line_and_the_fallback_is_taken_only_where_asked_for()
    {
        using Workplace place = new();
        string[] command = ["tokenize", place.Photos(1), "--model", place.Model, "--device", "cuda:255", "--output", place["x.jsonl"]];
        (await Cli.RunAsync(command)).AssertRefused(KarlCommand.Failure, "cuda:255 cannot be used");
        Assert.IsFalse(File.Exists(place["x.jsonl"]));
        CliResult fallback = await Cli.RunAsync([.. command, "--fallback-to-cpu"]);
        Assert.AreEqual(KarlCommand.Success, fallback.Code);
        Assert.HasCount(1, fallback.ErrorLines);
        StringAssert.Contains(fallback.Error, "Going on with cpu, as asked.");
        Assert.AreEqual(1, TokenLineReader.Read(place["x.jsonl"]).Count());
    }

    [TestMethod]
    [DataRow("no-such.karl", "photos", "x.jsonl", "There is no model")]
    [DataRow("photos", "photos", "x.jsonl", "is a folder")]
    [DataRow("tiny.karl", "empty", "x.jsonl", "holds no image")]
    [DataRow("tiny.karl", "photos/*.tif", "x.jsonl", "matches no image")]
    [DataRow("tiny.karl", "missing.png", "x.jsonl", "'{folder}/missing.png' does not exist")]
    [DataRow("tiny.karl", "photos", "missing/x.jsonl", "does not exist; make it first")]
    [DataRow("tiny.karl", "photos", "x.txt", ".jsonl (lines) or .npz (arrays) was expected")]
    [DataRow("tiny.karl", "photos", "folder.jsonl", "is a folder; a file was expected")]
    [DataRow("tiny.karl", "notes.jsonl", "notes.jsonl", "is both an input and the output")]
    public async Task What_cannot_be_is_one_line_and_nothing_is_written(string model, string images, string output, string message)
    {
        using Workplace place = new();
        place.Photos(1);
        Directory.CreateDirectory(place["empty"]);
        Directory.CreateDirectory(place["folder.jsonl"]);
        File.WriteAllText(place["notes.jsonl"], "mine");
        string[] before = Directory.GetFileSystemEntries(place.Folder, "*", SearchOption.AllDirectories);
        CliResult result = await Cli.RunAsync(["tokenize", place[images.Split('/')], "--model", place[model], "--output", place[output.Split('/')]]);
        result.AssertRefused(KarlCommand.BadUsage, message.Replace("{folder}", place.Folder, StringComparison.Ordinal));
        CollectionAssert.AreEquivalent(before, Directory.GetFileSystemEntries(place.Folder, "*", SearchOption.AllDirectories));
        Assert.AreEqual("mine", File.ReadAllText(place["notes.jsonl"]));
    }

    [TestMethod]
    [DataRow("--budget", "0", "--budget is 0")]
    [DataRow("--epsilon", "-1", "--epsilon is -1")]
    [DataRow("--epsilon", "NaN", "--epsilon is NaN")]
    [DataRow("--epsilon", "much", "much")]
    [DataRow("--batch", "0", "--batch is 0")]
    [DataRow("--threads", "0", "--threads is 0")]
    [DataRow("--device", "gpu", "--device is 'gpu'")]
    [DataRow("--colour", "red", "--colour")]
    public async Task An_option_that_cannot_be_is_bad_usage(string option, string value, string message)
    {
        using Workplace place = new();
        (await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, option, value])).AssertRefused(KarlCommand.BadUsage, message);
    }

    [TestMethod]
    public async Task A_budget_above_the_models_is_one_line()
    {
        using Workplace place = new();
        (await Cli.RunAsync(["tokenize", place.Photos(1), "--model", place.Model, "--budget", "65", "--output", place["x.jsonl"]])).AssertRefused(KarlCommand.Failure, "1 to 64 tokens");
        Assert.IsFalse(File.Exists(place["x.jsonl"]));
    }

    [TestMethod]
    public async Task Help_names_every_option_and_missing_ones_are_told()
    {
        CliResult help = await Cli.RunAsync(["tokenize", "--help"]);
        Assert.AreEqual(KarlCommand.Success, help.Code);
        foreach (string option in new[] { "--model", "--epsilon", "--budget", "--output", "--batch", "--threads", "--device", "--fallback-to-cpu" })
        {
            StringAssert.Contains(help.Output, option);
        }

        (await Cli.RunAsync(["tokenize", "--model", "x.karl"])).AssertRefused(KarlCommand.BadUsage, "karl tokenize --help");
    }

    /// <summary>Runs a command and interrupts it as soon as its file holds a line.</summary>
    private static async Task<CliResult> InterruptAsync(Workplace place, string[] command, string lines)
    {
        using CancellationTokenSource stop = new();
        using FileSystemWatcher watcher = new(place.Folder) { NotifyFilter = NotifyFilters.Size | NotifyFilters.LastWrite };
        watcher.Changed += (_, change) =>
        {
            if (change.FullPath == lines)
            {
                stop.Cancel();
            }
        };
        watcher.EnableRaisingEvents = true;
        return await Cli.RunAsync(command, stop.Token);
    }

    /// <summary>Images that take a while to decode.</summary>
    private static string SlowPhotos(Workplace place, int count)
    {
        Workplace.WriteImage(place["photos", "0.jpg"], 1, 1600, 1200);
        for (int index = 1; index < count; index++)
        {
            File.Copy(place["photos", "0.jpg"], place["photos", $"{index}.jpg"]);
        }

        return place["photos"];
    }

    private static string Content(TokenLine line) => $"{line.Path} {line.Error} {string.Join(',', line.Tokens!.Positions)} {string.Join(',', line.Tokens.Codes)}";

    private static int[] Numbers(JsonElement line, string name) => [.. line.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];
}

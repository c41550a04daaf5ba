using System.Globalization;
using Karl.Testing;
using Karl.Tokenizers.Imaging;

namespace Karl.Cli.Tests;

[TestClass]
public sealed class ExperimentTests
{
    [TestMethod]
    [DataRow("fixed", "--budgets 16 32", 4)]
    [DataRow("variable", "--epsilons 0.1 0.2", 4)]
    [DataRow("violations", "--epsilons 0.1 0.2", 4)]
    [DataRow("noise", "--epsilons 0.1 0.2", 32)]
    public async Task I_can_compare_models_on_a_folder_as_table_CSV_and_plot(string name, string settings, int rows)
    {
        using Workplace place = new();
        new TinyAlit().Write(place["alit.karl"]);
        CliResult result = await Cli.RunAsync(["experiment", name, place.Photos(3), "--models", place.Model, place["alit.karl"], "--output", place["out"], .. settings.Split(' ')]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual(result.Output, File.ReadAllText(place["out", name + ".md"]));
        string[] table = File.ReadAllLines(place["out", name + ".csv"]);
        Assert.HasCount(1 + rows, table);
        Assert.AreEqual(rows / 2, table.Count(line => line.StartsWith("alit.karl,", StringComparison.Ordinal)));
        Assert.IsTrue(table.All(line => line.Split(',').Length == table[0].Split(',').Length));
        Assert.IsTrue(new ImageDecoder().Decode(place["out", name + ".png"]).Width >= 600);
    }

    [TestMethod]
    public async Task Models_that_search_show_more_runs_than_KARL()
    {
        using Workplace place = new();
        new TinyAlit().Write(place["alit.karl"]);
        CliResult result = await Cli.RunAsync(["experiment", "variable", place.Photos(2), "--models", place.Model, place["alit.karl"], "-o", place["out"], "--epsilons", "0.01"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        string[][] rows = [.. File.ReadAllLines(place["out", "variable.csv"]).Skip(1).Select(line => line.Split(','))];
        Assert.AreEqual("1", rows[0][4]);
        Assert.AreEqual("1", rows[0][5]);
        Assert.IsGreaterThan(1, double.Parse(rows[1][4], CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public async Task Scores_of_people_are_compared_by_category_with_intervals()
    {
        using Workplace place = new();
        string photos = place.Photos(8);
        File.WriteAllLines(place["scores.csv"], ["path,score,category", .. Enumerable.Range(0, 7).Select(index => $"{index}.{(index % 2 == 0 ? "png" : "jpg")},{index},{(index < 4 ? "near" : "far")}")]);
        CliResult result = await Cli.RunAsync(["experiment", "agreement", photos, "--models", place.Model, "-o", place["out"], "--scores", place["scores.csv"], "--epsilons", "0.1"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        StringAssert.StartsWith(result.Output, "Tokens and what people say: 7 images with a score\n");
        string[] lines = File.ReadAllLines(place["out", "agreement.csv"]);
        CollectionAssert.AreEqual(new[] { "tiny.karl,epsilon 0.1,all,7", "tiny.karl,epsilon 0.1,far,3", "tiny.karl,epsilon 0.1,near,4", "JPEG,quality 75,all,7", "JPEG,quality 75,far,3", "JPEG,quality 75,near,4" },
            lines.Skip(1).Select(line => string.Join(',', line.Split(',').Take(4))).ToArray());
    }

    [TestMethod]
    public async Task A_linear_probe_tells_folders_apart_the_better_the_more_tokens()
    {
        using Workplace place = new();
        for (int index = 0; index < 12; index++)
        {
            RgbImage dark = new(32, 32), light = new(32, 32);
            dark.Pixels.Span.Fill((byte)(20 + index));
            light.Pixels.Span.Fill((byte)(200 + index));
            ImageWriter.Write(dark, place["labels", "dark", $"{index}.png"]);
            ImageWriter.Write(light, place["labels", "light", $"{index}.png"]);
        }

        CliResult result = await Cli.RunAsync(["experiment", "probe", place["labels"], "--models", place.Model, "-o", place["out"], "--budgets", "4", "32"]);
        Assert.AreEqual(KarlCommand.Success, result.Code, result.Error);
        Assert.AreEqual("tiny.karl,32,1,0.5", File.ReadAllLines(place["out", "probe.csv"])[2]);
        (await Cli.RunAsync(["experiment", "probe", place.Photos(3), "--models", place.Model, "-o", place["out2"]])).AssertRefused(KarlCommand.Failure, "at least two folders");
    }

    [TestMethod]
    [TestCategory("Speed")]
    public async Task The_scaling_study_trains_its_models_once_and_goes_on_where_it_was()
    {
        using Workplace place = new();
        string photos = place.Photos(8);
        string[] command = ["experiment", "scaling", photos, "--train", photos, "--preset", "try", "--steps", "2", "-o", place["out"], "--budgets", "8", "16", "--epsilons", "0.2"];
        CliResult first = await Cli.RunAsync(command);
        Assert.AreEqual(KarlCommand.Success, first.Code, first.Error);
        Assert.HasCount(1 + (6 * 3), File.ReadAllLines(place["out", "scaling.csv"]));
        Assert.HasCount(1, Directory.GetFiles(place["out", "models"], "base.losses.csv", SearchOption.AllDirectories), "One base tokenizer is trained for all.");
        CliResult second = await Cli.RunAsync(command);
        Assert.AreEqual(first.Output, second.Output);
        StringAssert.Contains(first.Error, "continuous latents: distillation 2/2: loss ");
        Assert.IsFalse(second.Error.Contains(" 2/2: loss ", StringComparison.Ordinal), second.Error);
    }

    [TestMethod]
    public async Task What_cannot_be_done_is_refused_before_anything_is_written()
    {
        using Workplace place = new();
        string photos = place.Photos(2);
        File.WriteAllText(place["scores.csv"], "path,score\nelse.png,1\n");
        await Refused(KarlCommand.BadUsage, "There is no model", "fixed", photos, "--models", place["none.karl"]);
        await Refused(KarlCommand.BadUsage, "No image was found", "fixed", place["none"]);
        await Refused(KarlCommand.BadUsage, "goes with agreement", "agreement", photos);
        await Refused(KarlCommand.BadUsage, "goes with agreement", "fixed", photos, "--scores", place["scores.csv"]);
        await Refused(KarlCommand.BadUsage, "goes with scaling", "scaling", photos);
        await Refused(KarlCommand.BadUsage, "--base goes with scaling", "fixed", photos, "--base", photos);
        await Refused(KarlCommand.BadUsage, "not for scaling", "scaling", photos, "--train", photos, "--models", place.Model);
        await Refused(KarlCommand.Failure, "None of the images has one of the 1 scores", "agreement", photos, "--scores", place["scores.csv"]);
        await Refused(KarlCommand.Failure, "A budget is 9999", "fixed", photos, "--budgets", "9999");
        (await Cli.RunAsync(["experiment", "fixed", photos, "-o", place.Folder])).AssertRefused(KarlCommand.BadUsage, "lies in the output folder");
        Assert.AreEqual(KarlCommand.BadUsage, (await Cli.RunAsync(["experiment", "nothing", photos, "-o", place["out"]])).Code);
        Assert.IsFalse(Directory.Exists(place["out"]));

        async Task Refused(int code, string message, params string[] arguments) => (await Cli.RunAsync(["experiment", .. arguments, "-o", place["out"]])).AssertRefused(code, message);
    }

    [TestMethod]
    public async Task A_broken_image_is_told_once_and_Ctrl_C_ends_without_results()
    {
        using Workplace place = new();
        string photos = place.Photos(3);
        CliResult interrupted = await Cli.RunAsync(["experiment", "fixed", photos, "-o", place["out"]], new CancellationToken(canceled: true));
        Assert.AreEqual(KarlCommand.Interrupted, interrupted.Code);
        Assert.IsFalse(Directory.Exists(place["out"]));
        File.WriteAllText(place["photos", "1.jpg"], "no image");
        CliResult result = await Cli.RunAsync(["experiment", "fixed", photos, "--models", place.Model, "default-one-d-piece", "-o", place["out"], "--budgets", "8"]);
        Assert.AreEqual(KarlCommand.Failure, result.Code);
        Assert.HasCount(1, result.ErrorLines, result.Error);
        StringAssert.Contains(result.Output, "2 images; 1 more could not be read");
        StringAssert.Contains(result.Output, "default-one-d-piece.karl");
    }
}

using System.Text.Json;
using Karl.Applications.Budgets;
using Karl.Testing;
using Karl.Tokenizers;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.TokenFiles;

namespace Karl.Applications.Tests.Budgets;

[TestClass]
public sealed class BudgetFolderTests
{
    [TestMethod]
    public void Plan_OfDemonstrationImages_IsKeptWithTokensThatHaveItsLengthsAndErrors()
    {
        using TemporaryFolder folder = new();
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault(new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        Assert.AreEqual(64, CurveMeasurement.UsualLadder(tokenizer)[^1]);
        MeasuredImage[] images = [.. DemonstrationImages.All.Take(3).Select(image => CurveMeasurement.Measure(tokenizer, image.Name + ".png", image.Draw(64), [8, 24, 64]))];
        BudgetPlan plan = TokenBudget.Distribute([.. images.Select(image => image.Curve)], 100, BudgetGoal.Worst);
        TokenLine[] lines = [.. images.Zip(plan.Images, (image, planned) => new TokenLine(planned.Name, image.At(planned), null, "0123456789abcdef", 0))];
        new BudgetFolder(folder["out"]).Write(plan, [.. images.Select(image => image.Curve)], "0123456789abcdef", lines);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder["out", "plan.json"]));
        JsonElement first = json.RootElement.GetProperty("images")[0];
        Assert.AreEqual(plan.Images[0].Tokens, first.GetProperty("tokens").GetInt32());
        Assert.AreEqual(3, first.GetProperty("curve").GetArrayLength());
        Assert.AreEqual("worst", json.RootElement.GetProperty("goal").GetString());
        Assert.IsNotNull(new ImageDecoder().Decode(folder["out", "plan.png"]));
        TokenLine[] read = [.. TokenLineReader.Read(folder["out", "tokens.jsonl"])];
        float[] seen = new float[3 * 64 * 64], back = new float[seen.Length];
        for (int index = 0; index < read.Length; index++)
        {
            Assert.AreEqual(plan.Images[index].Tokens, read[index].Tokens!.Count);
            PlanarPixels.FromImage(DemonstrationImages.All[index].Draw(64), seen);
            tokenizer.Decode(read[index].Tokens!, back);
            Assert.AreEqual(plan.Images[index].Error, ImageMetrics.MeanAbsoluteError(seen, back), 1e-4);
        }
    }

    [TestMethod]
    public void Measure_OfAnImageOfAnotherSize_IsRefused()
    {
        using ImageTokenizer tokenizer = ImageTokenizer.LoadDefault(new ImageTokenizerOptions { Threads = 1, AllowSpinning = false });
        Assert.ThrowsExactly<ArgumentException>(() => CurveMeasurement.Measure(tokenizer, "a.png", new RgbImage(65, 64), [8]));
    }
}

using Karl.Applications.Anomalies;
using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Applications.Tests.Anomalies;

[TestClass]
public sealed class AnomalyReportTests
{
    [TestMethod]
    public void Score_LabelledFiles_GivesCurvesAndASheet()
    {
        using Pictures pictures = new();
        List<(string, string?)> images = [];
        foreach ((string kind, string? label, int first, int count) in new[] { ("text", "normal", 500, 12), ("noise", "noise", 0, 6), ("graphics", "graphics", 0, 6), ("graphics", null, 50, 1) })
        {
            DemonstrationKind drawn = DemonstrationImages.Kinds.Single(one => one.Name == kind);
            images.AddRange(Enumerable.Range(first, count).Select(seed => (pictures.Write($"{kind}{seed}.png", drawn.Draw(seed, 64)), label)));
        }

        images.Insert(2, (pictures["absent.png"], "normal"));
        AnomalyReport report = AnomalyReport.Score(NormalImages.Profile, NormalImages.Tokenizer, images, "the model");
        Assert.AreEqual((25, 1), (report.Images.Length, report.BrokenCount));
        CollectionAssert.AreEqual(new[] { "graphics", "noise" }, report.Kinds.Select(kind => kind.Label).ToArray());
        foreach (AnomalyKind kind in report.Kinds)
        {
            Assert.AreEqual(6, kind.Images);
            Assert.IsGreaterThan(0.8, kind.AreaUnderCurve, kind.Label);
            Assert.HasCount(4, kind.AreasOfSignals);
            Assert.AreEqual(((0.0, 0.0), (1.0, 1.0)), (kind.Curve[0], kind.Curve[^1]));
            double area = kind.Curve.Zip(kind.Curve.Skip(1), (one, next) => (next.FalseAlarms - one.FalseAlarms) * (one.Detected + next.Detected) / 2).Sum();
            Assert.AreEqual(area, kind.AreaUnderCurve, 1e-9);
        }

        Assert.IsTrue(report.Images.Zip(report.Images.Skip(1)).All(pair => pair.First.Score.Score >= pair.Second.Score.Score));
        Assert.IsTrue(report.Images.All(image => image.Label is null || image.Path.Contains(image.Label == "normal" ? "text" : image.Label, StringComparison.Ordinal)));

        AnomalyFolder folder = new(pictures["out"]);
        int onSheet = 0;
        folder.Write(report, NormalImages.Tokenizer, onSheet: 5, tokenMaps: false);
        int withoutMaps = new ImageDecoder().Decode(pictures["out", "strangest.png"]).Width;
        folder.Write(report, NormalImages.Tokenizer, onSheet: 5, progress: () => onSheet++);
        Assert.AreEqual(5, onSheet);
        CollectionAssert.AreEquivalent(
            new[] { "report.md", "roc.png", "scores.csv", "scores.png", "strangest.png" }, Directory.GetFiles(pictures["out"]).Select(Path.GetFileName).ToArray());
        Assert.HasCount(26, File.ReadAllLines(pictures["out", "scores.csv"]));
        Assert.IsGreaterThan(600, withoutMaps);
        Assert.AreEqual(withoutMaps + (3 * (128 + 4)), new ImageDecoder().Decode(pictures["out", "strangest.png"]).Width, "a fourth image in each of three columns");
        StringAssert.Contains(File.ReadAllText(pictures["out", "report.md"]), "| noise | 6 |");
    }
}
